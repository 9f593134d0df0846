import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
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

/** Starts a bus and a keyring for this home, locked where no password is given; programs started on it from now on find them. */
export const startKeyring = async (
  home: Home,
  password: string | null = 'keyring-password',
): Promise<Keyring> => {
  const bus = startProcess('dbus-daemon', ['--session', '--nofork', '--print-address'], {
    env: home.environment,
  })
  const address = await until('the message bus', () => /unix:\S+/.exec(bus.output())?.[0])
  home.environment['DBUS_SESSION_BUS_ADDRESS'] = address
  // The daemon reads the password from its input up to the end, then goes on in the foreground.
  const unlock = password === null ? [] : ['--unlock']
  const daemon = spawn('gnome-keyring-daemon', ['--foreground', ...unlock, '--components=secrets'], {
    env: home.environment,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  daemon.stdin.end(password ?? '')
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

const whoPrompts = [
  '--session',
  '--print-reply=literal',
  '--dest=org.freedesktop.DBus',
  '/',
  'org.freedesktop.DBus.GetConnectionUnixProcessID',
  'string:org.gnome.keyring.SystemPrompter',
]

/** Does what a person does who dismisses the keyring's prompt, each time it comes up, until stopped. The prompter
 *  is a program that this home's bus started. */
export const dismissPrompts = (home: Home): (() => Promise<void>) => {
  let stopped = false
  const looking = (async () => {
    while (!stopped) {
      const found = await run('dbus-send', whoPrompts, { env: home.environment }).catch(() => undefined)
      const pid = Number(/uint32 (\d+)/.exec(found?.stdout ?? '')?.[1])
      try {
        if (pid > 1) process.kill(pid, 'SIGKILL')
      } catch {
        // It has gone by itself.
      }
      await pause(100)
    }
  })()
  return async () => {
    stopped = true
    await looking
  }
}
