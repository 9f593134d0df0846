import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, listening } from './ports.ts'

/** Whether Debian's dante-server is on this machine. */
export const hasDante = spawnSync('danted', ['-v']).status === 0

/** Starts dante on a free port of this computer. */
export const startDante = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-dante-'))
  const port = await freePort()
  const lines = [
    `logoutput: ${join(folder, 'log')}`,
    `internal: 127.0.0.1 port = ${port}`,
    'external: 127.0.0.1',
    'clientmethod: none',
    'socksmethod: none',
    'client pass { from: 127.0.0.0/8 to: 0.0.0.0/0 }',
    'socks pass { from: 127.0.0.0/8 to: 0.0.0.0/0 }',
  ]
  writeFileSync(join(folder, 'conf'), `${lines.join('\n')}\n`)
  const process = spawn('danted', ['-f', join(folder, 'conf'), '-p', join(folder, 'pid')], {
    stdio: 'ignore',
  })
  const ended = new Promise((done) => process.once('exit', done))
  await listening(port)
  return {
    port,
    close: async () => {
      process.kill()
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
