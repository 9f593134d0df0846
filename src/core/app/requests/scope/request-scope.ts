import type { RequestDraft } from '@contract/requests'
import type { Result } from '@contract/result'
import type { SendSettings } from '@contract/sending/settings'
import type { CaptureScope } from '@contract/tables/own-checks'
import type { VariableLayer } from '../../../http/variable-layers.ts'
import type { OwnFolder } from './file-word.ts'

/** A variable that a response has a value for, or should. */
export interface CapturedName {
  name: string
  scope: CaptureScope
}

/** A value that a variable gets. */
export interface CapturedValue extends CapturedName {
  value: string
  secret: boolean
}

/** What a request is sent with beyond its draft, by where it is: in a folder of a collection. */
export interface RequestScope {
  /** Variables that come before the request's own: captured ones. */
  before: VariableLayer[]
  /** Those that come after them, the nearest first. */
  behind: VariableLayer[]
  /** The draft with what its folders add. */
  inherit: (draft: RequestDraft) => RequestDraft
  /** How it is sent, by the word of its folders. */
  settings: SendSettings
  /** The files that may be sent: by whole paths, as they are after variables were put in. */
  files: readonly string[]
  own: OwnFolder
  /** Keeps values that were captured from the response; without it none is. Earlier values of those that were not found are
   *  marked: answers which there are. Codes: those of the vault. */
  keepCaptured?: <Missing extends CapturedName>(
    values: readonly CapturedValue[],
    missing: readonly Missing[],
  ) => Result<Missing[]>
  /** Variables that it names whose value is so marked. */
  stale?: readonly string[]
  /** Whether the value of this variable is declared as secret. */
  isSecret?: (name: string) => boolean
  /** Where variables were looked for, in words. */
  place: string
}
