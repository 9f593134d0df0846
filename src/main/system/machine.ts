import { defined } from '@contract/defined'
import { existsSync, statSync } from 'node:fs'
import { release } from 'node:os'
import { app, shell } from 'electron'
import type { Place, PlaceView } from '@contract/about'

const names: Partial<Record<NodeJS.Platform, string>> = { linux: 'Linux', darwin: 'macOS', win32: 'Windows' }

/** The machine as Electron tells it; `database` is the path of the file. */
export function createMachine(database: string) {
  const { electron, chrome, node } = process.versions
  const paths: Record<Place, string> = {
    profile: app.getPath('userData'),
    database,
    logs: app.getPath('logs'),
  }
  const found = desktop()
  return {
    versions: { electron, chromium: chrome, node },
    system: {
      name: names[process.platform] ?? process.platform,
      release: process.platform === 'darwin' ? process.getSystemVersion() : release(),
      architecture: process.arch,
      ...defined({ desktop: process.platform === 'linux' && found !== undefined ? found : undefined }),
    },
    places: (): PlaceView[] => [
      { place: 'profile', path: paths.profile },
      { place: 'database', path: database, size: sizeOf(database) + sizeOf(`${database}-wal`) },
      { place: 'logs', path: paths.logs },
    ],
    show: (place: Place): boolean => {
      if (!existsSync(paths[place])) return false
      shell.showItemInFolder(paths[place])
      return true
    },
  }
}

/** Bytes of a file; none where it is not there. */
function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}

/** Which desktop it is, e.g. `GNOME (wayland)`: decides who gets redirects and which keyring there is. */
function desktop(): string | undefined {
  const plain = (text: string | undefined) => text?.replace(/[^\w:.+-]/g, '').slice(0, 40) || undefined
  const name = plain(process.env['XDG_CURRENT_DESKTOP'])
  const session = plain(process.env['XDG_SESSION_TYPE'])
  return name && session ? `${name} (${session})` : (name ?? session)
}
