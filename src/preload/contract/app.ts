import { z } from 'zod'
import { call } from './call.ts'
import { nothing } from './limits.ts'
import type { LockView } from './vault.ts'

/** What protects the secrets at rest, said truthfully. */
export interface Protection {
  kind: 'keyring' | 'password' | 'both' | 'memory'
  /** The backend's own name, e.g. `gnome_libsecret`, `dpapi`, `keychain`, `basic_text`. */
  backend: string
  /** Short, for the status bar. */
  label: string
  /** What it protects against and what not. */
  says: string
}

export const theme = z.enum(['system', 'light', 'dark'])
export type Theme = z.infer<typeof theme>

export type PlaygroundState =
  | { state: 'stopped' }
  | { state: 'starting' }
  | {
      state: 'running'
      issuer: string
      api: string
      connectionId: string
      users: { username: string; password: string; says: string }[]
    }
  | { state: 'failed'; message: string; next: string }

/** All that the page needs for its first picture. */
export interface Bootstrap {
  version: string
  platform: 'linux' | 'darwin' | 'win32'
  user: { id: string; username: string }
  environment: { id: string; name: string }
  protection: Protection
  theme: Theme
  lock: LockView
  playground: PlaygroundState
}

export const appCalls = {
  'app:bootstrap': call(nothing).returns<Bootstrap>(),
  'app:set-theme': call(z.object({ theme }).strict()).returns<null>(),
  'playground:start': call(nothing).returns<PlaygroundState>(),
  'playground:stop': call(nothing).returns<PlaygroundState>(),
}
