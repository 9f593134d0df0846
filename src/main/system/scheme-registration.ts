import { execFile } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { app } from 'electron'

const run = promisify(execFile)

/** Writes one argument of a desktop entry's Exec line (Desktop Entry Specification, "The Exec key"). Quotes
 *  only where it must: without a desktop environment xdg-open does not understand a quoted program. */
export function quoteExecArgument(argument: string): string {
  const escaped = argument.replace(/%/g, '%%')
  return /^[\w@%+=:,./-]+$/.test(argument)
    ? escaped
    : `"${escaped.replace(/[\\"`$]/g, (character) => `\\${character}`)}"`
}

/** The desktop entry that hands `scheme` to this program. */
export function desktopEntry(scheme: string, command: string[]): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Gatehouse',
    'Comment=A workbench for APIs behind OAuth 2 and JWT',
    `Exec=${command.map(quoteExecArgument).join(' ')} %u`,
    'Terminal=false',
    'NoDisplay=true',
    'StartupNotify=false',
    `MimeType=x-scheme-handler/${scheme};`,
    '',
  ].join('\n')
}

/** What starts this very app again, with its profile. */
export function ownCommand(): string[] {
  const { APPIMAGE } = process.env
  if (APPIMAGE) return [APPIMAGE]
  return app.isPackaged ? [process.execPath] : [process.execPath, app.getAppPath(), ...passedOn()]
}

/** Asks the system to hand `scheme` to this program. The packages' installers do so too; where there was none
 *  on Linux, a desktop entry is written. `false` where the system cannot be told
 *  (macOS takes schemes from an app bundle only): sign-in then uses the loopback redirect. */
export async function registerScheme(scheme: string): Promise<boolean> {
  // Neither an unpackaged run nor an AppImage has an installer that brought a desktop entry.
  if (process.platform === 'linux' && (process.env['APPIMAGE'] || !app.isPackaged)) {
    return registerOnLinux(scheme).catch(() => false)
  }
  if (process.platform === 'win32' && !app.isPackaged) {
    return app.setAsDefaultProtocolClient(scheme, process.execPath, [app.getAppPath(), ...passedOn()])
  }
  return app.setAsDefaultProtocolClient(scheme)
}

/** The switches of this run that a second instance needs to find the first. */
function passedOn(): string[] {
  return ['no-sandbox', 'disable-gpu', 'user-data-dir', 'password-store', 'remote-debugging-port'].flatMap(
    (name) => {
      if (!app.commandLine.hasSwitch(name)) return []
      const value = app.commandLine.getSwitchValue(name)
      return [value ? `--${name}=${value}` : `--${name}`]
    },
  )
}

async function registerOnLinux(scheme: string): Promise<boolean> {
  const applications = join(
    process.env['XDG_DATA_HOME'] || join(homedir(), '.local', 'share'),
    'applications',
  )
  const file = join(applications, `${scheme}.desktop`)
  const entry = desktopEntry(scheme, ownCommand())
  const present = await readFile(file, 'utf8').catch(() => '')
  if (present !== entry) {
    await mkdir(applications, { recursive: true })
    await writeFile(file, entry)
    await run('update-desktop-database', [applications]).catch(() => undefined)
  }
  const mime = `x-scheme-handler/${scheme}`
  const current = await run('xdg-mime', ['query', 'default', mime]).catch(() => undefined)
  if (current?.stdout.trim() !== `${scheme}.desktop`)
    await run('xdg-mime', ['default', `${scheme}.desktop`, mime])
  return true
}
