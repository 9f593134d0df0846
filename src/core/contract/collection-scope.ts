import { z } from 'zod'
import type { FileFault } from './collections.ts'
import { limits } from './limits.ts'
import type { Pair } from './requests.ts'
import type { SettingName } from './sending/settings.ts'

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
}

/** A file of `environments`. */
interface CollectionEnvironment {
  path: string
  name: string
  fault?: FileFault
}

/** What comes to a request by where it is, and what a folder passes on. */
export interface ScopeView {
  /** Headers that are sent where the request has none of the name. */
  headers: (Pair & From)[]
  /** Who calls where the request inherits that; null is no one. */
  auth: ({ called: string } & From) | null
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
  /** Files that were not allowed yet: as the request names them, and with variables put in but for secrets. */
  files: { file: string; shown: string }[]
}

/** A folder's file, or a collection's, or one of `environments`, to be changed. */
export interface DefaultsView {
  name: string
  headers: Pair[]
  variables: (FileVariable & { entered?: boolean })[]
  version: string
}
