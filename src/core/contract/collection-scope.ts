import { z } from 'zod'
import type { FileFault } from './collections.ts'
import type { ConnectionDraft } from './connections.ts'
import { limits } from './limits.ts'
import { requestAuth, type Pair } from './requests.ts'
import type { SendSettings, SettingName } from './sending/settings.ts'
import type { GrantKind } from './tables/grants.ts'

/** A variable of a file; one that is secret has no value there. */
const fileVariable = z
  .object({
    name: z.string().max(limits.name),
    value: z.string().max(limits.headerValue),
    enabled: z.boolean(),
    secret: z.boolean(),
  })
  .strict()
export const fileVariables = z.array(fileVariable).max(limits.variables)
export type FileVariable = z.infer<typeof fileVariable>

/** Something that comes to a request from elsewhere, and from where in words: `folder Orders`. */
interface From {
  from: string
}

/** A variable that a request can use. The value of a secret one never reaches the page. */
export interface ScopeVariable extends From {
  name: string
  secret: boolean
  value?: string
  /** Captured from a response; `first`: it comes before the request’s own. */
  captured?: 'first' | 'behind'
}

/** A file of `environments`. */
interface CollectionEnvironment {
  path: string
  name: string
  fault?: FileFault
}

/** What each person enters for the client of a shared sign-in; kept in the vault. */
export type EnteredProof = Pick<ConnectionDraft, 'clientSecret' | 'clientKey' | 'certificate'>

/** How the file of a collection says that one signs in, with its variables put in. Nothing of it is secret. */
export interface SharedSignIn extends From {
  /** The request says it itself; else its folder or collection, where it inherits who calls. */
  own: boolean
  name: string
  issuer?: string
  authorizationEndpoint?: string
  tokenEndpoint?: string
  clientId: string
  scope: string
  resource?: string
  grant: GrantKind
  /** Where the provider sends the browser back to; empty without a browser. */
  redirectUri: string
  /** What the client proves itself with and each person enters: neither the file nor its variables have it. */
  asks: 'nothing' | 'secret' | 'key' | 'certificate'
  /** What is worth knowing before one signs in. */
  warnings: string[]
  /** Why one cannot sign in so. */
  fault?: string
  /** What was seen of it: given back, so that nothing else is done than what was shown. */
  seen: string
  /** The connection that is the same in everything that decides where secrets go, and the account that is chosen. */
  connectionId?: string
  accountId?: string
}

/** What comes to a request by where it is, and what a folder passes on. */
export interface ScopeView {
  /** Headers that are sent where the request has none of the name. */
  headers: (Pair & From)[]
  /** Who calls where the request inherits that; null where no place says it. Not sent is no auth, or one that is only kept.
   *  `names`: the variables in it. */
  auth: ({ called: string; sent: boolean; names: string[] } & From) | null
  signIn?: SharedSignIn
  /** Each name once, as the nearest place has it. */
  variables: ScopeVariable[]
  /** How it is sent where it does not say so itself, in words. */
  settings: ({ name: SettingName; text: string } & From)[]
  environments: CollectionEnvironment[]
  /** The path of the one that is chosen. */
  environment: string | null
  /** Files that should be read, and cannot. */
  faults: { path: string; fault: FileFault }[]
}

/** What a request names and cannot be sent without. */
export interface MissingNames {
  /** Known nowhere. */
  unknown: string[]
  /** Declared as secret, and not entered by this user. `file` declares it. */
  secrets: { name: string; file: string; from: string }[]
  /** Names of the computer's environment that were not allowed yet. */
  environment: string[]
  /** Commands that were not allowed yet. */
  commands: { name: string; command: string[] }[]
  /** Captured from an earlier response: the last one that should have given the value did not. It can be sent nevertheless. */
  stale: string[]
  /** Files that were not allowed yet: as the request names them, and with variables put in but for secrets. */
  files: { file: string; shown: string }[]
}

/** Who calls by the word of a folder or a collection: inherited is left to what is above; kept is what Gatehouse does not
 *  send, and a sign-in is written from its connection. */
export const containerAuth = z.union([
  requestAuth,
  z.object({ kind: z.literal('none') }).strict(),
  z.object({ kind: z.literal('kept'), called: z.string().max(limits.name) }).strict(),
  z.object({ kind: z.literal('sign-in'), name: z.string().max(limits.url) }).strict(),
])
export type ContainerAuth = z.infer<typeof containerAuth>

/** A folder's file, or a collection's, or one of `environments`, to be changed. */
export interface DefaultsView {
  name: string
  headers: Pair[]
  variables: (FileVariable & { entered?: boolean })[]
  /** Left out for environments. */
  auth?: ContainerAuth
  /** Secret fields of the auth that were entered by this user: they are in the vault, and empty here. */
  entered?: string[]
  settings?: SendSettings
  version: string
}
