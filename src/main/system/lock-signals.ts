import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** A line is a signal or is none; no signal of a screen lock is longer. */
const longest = 1_000

/** Screensavers beside freedesktop's, by what a desktop calls itself in XDG_CURRENT_DESKTOP. */
const ofDesktops: readonly (readonly [desktop: string, name: string])[] = [
  ['GNOME', 'org.gnome.ScreenSaver'],
  ['X-Cinnamon', 'org.cinnamon.ScreenSaver'],
  ['MATE', 'org.mate.ScreenSaver'],
  ['XFCE', 'org.xfce.ScreenSaver'],
]

/** Who is listened to: names on the session's bus, and the login manager on the system's. */
export function sourcesFor(environment: NodeJS.ProcessEnv): { bus: 'session' | 'system'; name: string }[] {
  const desktops = (environment['XDG_CURRENT_DESKTOP'] ?? '').split(':')
  const names = ofDesktops.filter(([desktop]) => desktops.includes(desktop)).map(([, name]) => name)
  return [
    ...['org.freedesktop.ScreenSaver', ...names].map((name) => ({ bus: 'session' as const, name })),
    ...(sessionPath(environment) === undefined
      ? []
      : [{ bus: 'system' as const, name: 'org.freedesktop.login1' }]),
  ]
}

/** Where the login manager keeps this session: letters and digits stand for themselves, a digit in front does not. */
export function sessionPath(environment: NodeJS.ProcessEnv): string | undefined {
  const id = environment['XDG_SESSION_ID'] ?? ''
  if (!/^[a-zA-Z0-9]{1,40}$/.test(id)) return undefined
  const first = id.charCodeAt(0)
  const escaped = /^\d/.test(id) ? `_${first.toString(16)}${id.slice(1)}` : id
  return `/org/freedesktop/login1/session/${escaped}`
}

/** What a line of `gdbus monitor` tells: that the screen locked, that its source is there or is not, or nothing. */
export function readLine(line: string, session: string | undefined): 'locked' | 'there' | 'gone' | undefined {
  if (line.length > longest) return undefined
  if (/^The name [\w.]+ is owned by :[\d.]+$/.test(line)) return 'there'
  if (/^The name [\w.]+ does not have an owner$/.test(line)) return 'gone'
  if (
    /^\/[\w/]+: org\.(freedesktop|gnome|cinnamon|mate|xfce)\.ScreenSaver\.ActiveChanged \(true,\)$/.test(line)
  )
    return 'locked'
  if (session === undefined || !line.startsWith(`${session}: `)) return undefined
  const said = line.slice(session.length + 2)
  const hint = "org.freedesktop.DBus.Properties.PropertiesChanged ('org.freedesktop.login1.Session', {"
  return said === 'org.freedesktop.login1.Session.Lock ()' ||
    (said.startsWith(hint) && said.includes("'LockedHint': <true>"))
    ? 'locked'
    : undefined
}

/** A watch that runs. */
export interface LockWatch {
  /** Whether anyone is there who would tell, as soon as that is known. */
  sees: () => Promise<boolean>
  stop: () => void
}

/** Listens for the lock of the screen as Linux desktops tell it: Electron does not. `gdbus` comes with GLib, which
 *  every such desktop has; it listens and can do nothing else here. */
export function watchScreenLock(locked: () => void, environment: NodeJS.ProcessEnv = process.env): LockWatch {
  const session = sessionPath(environment)
  const listeners = sourcesFor(environment).map(({ bus, name }) => {
    const child = spawn('gdbus', ['monitor', `--${bus}`, '--dest', name], {
      stdio: ['ignore', 'pipe', 'ignore'],
      // What it says is read: in one language.
      env: { ...environment, LC_ALL: 'C' },
    })
    const listener = { child, there: false, known: Promise.resolve() }
    listener.known = new Promise<void>((known) => {
      function end(): void {
        listener.there = false
        known()
      }
      child.once('error', end).once('exit', end)
      createInterface({ input: child.stdout }).on('line', (line) => {
        const told = readLine(line, session)
        if (told === 'locked') locked()
        if (told !== 'there' && told !== 'gone') return
        listener.there = told === 'there'
        known()
      })
    })
    // The program's end does not wait for it.
    child.unref()
    return listener
  })
  function stop(): void {
    for (const { child } of listeners) child.kill()
    process.off('exit', stop)
  }
  process.once('exit', stop)
  return {
    sees: async () => {
      await Promise.all(listeners.map(({ known }) => known))
      return listeners.some(({ there }) => there)
    },
    stop,
  }
}
