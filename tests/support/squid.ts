import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, listening } from './ports.ts'

/** Knows names and passwords of a file. */
const helper = '/usr/lib/squid/basic_ncsa_auth'

/** Whether Debian's squid is on this machine. */
export const hasSquid = spawnSync('squid', ['-v']).status === 0 && existsSync(helper)

/** Starts squid on a free port of this computer; with a user it lets in no one else. */
export const startSquid = async (user?: { username: string; password: string }) => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-squid-'))
  // Its own user writes there.
  chmodSync(folder, 0o777)
  const port = await freePort()
  const [log, people] = [join(folder, 'log'), join(folder, 'people')]
  if (user !== undefined) {
    const hash = spawnSync('openssl', ['passwd', '-apr1', user.password], { encoding: 'utf8' }).stdout.trim()
    writeFileSync(people, `${user.username}:${hash}\n`)
  }
  const allowed =
    user === undefined
      ? ['http_access allow all']
      : [
          `auth_param basic program ${helper} ${people}`,
          'auth_param basic children 1',
          'acl known proxy_auth REQUIRED',
          'http_access allow known',
          'http_access deny all',
        ]
  const lines = [
    `http_port 127.0.0.1:${port}`,
    ...allowed,
    'cache deny all',
    'cache_mem 8 MB',
    'pid_filename none',
    'shutdown_lifetime 0 seconds',
    `access_log stdio:${log}`,
    `cache_log ${join(folder, 'cache-log')}`,
    `coredump_dir ${folder}`,
  ]
  writeFileSync(join(folder, 'conf'), `${lines.join('\n')}\n`)
  const process = spawn('squid', ['-N', '-f', join(folder, 'conf')], { stdio: 'ignore' })
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
