import { z } from 'zod'
import type { LockView, Protection } from './vault.ts'

export const theme = z.enum(['system', 'light', 'dark'])
export type Theme = z.infer<typeof theme>

/** What can be made to go wrong in the playground on purpose. */
export const playgroundFault = z.enum([
  'expired-tokens',
  'wrong-audience',
  'rotated-keys',
  'too-many-requests',
  'clock-skew',
])
export type PlaygroundFault = z.infer<typeof playgroundFault>

/** A person of the playground, made up: the password may be shown. */
export interface PlaygroundUser {
  username: string
  password: string
  roles: string[]
}

/** A client that the playground knows from its start. The secret is the same everywhere, and good for nothing else. */
export interface PlaygroundClient {
  clientId: string
  /** How it authenticates at the token endpoint (RFC 7591 section 2); `none` is a public client. */
  authentication: string
  secret?: string
  redirectUris: string[]
}

export type PlaygroundState =
  | { state: 'stopped' }
  | { state: 'starting' }
  | {
      state: 'running'
      issuer: string
      api: string
      connectionId: string
      users: PlaygroundUser[]
      clients: PlaygroundClient[]
      /** Those that are turned on, as the playground itself says. */
      faults: PlaygroundFault[]
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
  /** Of the list beside the rail, in CSS pixels. */
  listWidth: number
  lock: LockView
  playground: PlaygroundState
}

/** What the page has a list of, or a picture, that may have changed. */
export type ChangedArea =
  | 'connections'
  | 'accounts'
  | 'collections'
  | 'captured'
  | 'exchanges'
  | 'runs'
  | 'sign-ins'
  | 'environments'
  | 'flows'
  | 'bin'
  | 'keys'
  | 'pins'
  | 'cookies'
  | 'network'
  | 'text-size'
