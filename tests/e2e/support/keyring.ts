import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { promisify } from 'node:util'
import type { Home } from './home.ts'
import { startProcess, until } from './processes.ts'

const run = promisify(execFile)
const listNames = [
  '--session',
  '--print-reply',
  '--dest=org.freedesktop.DBus',
  '/',
  'org.freedesktop.DBus.ListNames',
]

/** A desktop session's own message bus with GNOME's keyring on it, unlocked. */
export interface Keyring {
  stop: () => Promise<void>
}

/** Starts a bus and a keyring for this home; programs started on it from now on find them. */
export const startKeyring = async (home: Home, password = 'keyring-password'): Promise<Keyring> => {
  const bus = startProcess('dbus-daemon', ['--session', '--nofork', '--print-address'], {
    env: home.environment,
  })
  const address = await until('the message bus', () => /unix:\S+/.exec(bus.output())?.[0])
  home.environment['DBUS_SESSION_BUS_ADDRESS'] = address
  // The daemon reads the password from its input up to the end, then goes on in the foreground.
  const daemon = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
    env: home.environment,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  daemon.stdin.end(password)
  await until('the keyring on the bus', async () => {
    const names = await run('dbus-send', listNames, { env: home.environment }).catch(() => undefined)
    return names?.stdout.includes('org.freedesktop.secrets') ? true : undefined
  })
  return {
    async stop() {
      delete home.environment['DBUS_SESSION_BUS_ADDRESS']
      if (daemon.exitCode === null) {
        const ended = once(daemon, 'exit')
        daemon.kill('SIGKILL')
        await ended
      }
      await bus.kill()
    },
  }
}
