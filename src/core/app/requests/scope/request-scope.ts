import type { RequestDraft } from '@contract/requests'
import type { SendSettings } from '@contract/sending/settings'
import type { VariableLayer } from '../../../http/variable-layers.ts'
import type { OwnFolder } from './file-word.ts'

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
  /** Where variables were looked for, in words. */
  place: string
}
