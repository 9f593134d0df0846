import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, listening } from './ports.ts'

/** Whether Debian's tinyproxy is on this machine. */
export const hasTinyproxy = spawnSync('tinyproxy', ['-v']).status === 0

/** Starts tinyproxy on a free port of this computer; with a user it lets in no one else. */
export const startTinyproxy = async (user?: { username: string; password: string }) => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-tinyproxy-'))
  const port = await freePort()
  const log = join(folder, 'log')
  const lines = [
    `Port ${port}`,
    'Listen 127.0.0.1',
    'Timeout 30',
    'MaxClients 20',
    'Allow 127.0.0.1',
    `LogFile "${log}"`,
    'LogLevel Connect',
    ...(user === undefined ? [] : [`BasicAuth ${user.username} ${user.password}`]),
  ]
  writeFileSync(join(folder, 'conf'), `${lines.join('\n')}\n`)
  const process = spawn('tinyproxy', ['-d', '-c', join(folder, 'conf')], { stdio: 'ignore' })
  const ended = new Promise((done) => process.once('exit', done))
  await listening(port)
  return {
    proxy: { protocol: 'http:', host: '127.0.0.1', port } as const,
    /** What it wrote down: whom it connected to. */
    log: () => readFileSync(log, 'utf8'),
    close: async () => {
      process.kill()
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
