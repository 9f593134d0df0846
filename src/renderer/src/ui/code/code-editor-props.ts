import type { KnownName } from '@contract/tokens/bench.ts'
import type { CheckCode, CompleteCode } from '../../lib/code/parts.ts'
import type { Variables } from '../../lib/names.ts'

/** What an editor of code is given. */
export interface CodeEditorProps {
  label: string
  text: string
  language: 'json' | 'xml' | 'html' | 'graphql' | 'text'
  /** What `{{names}}` in the text are looked up in; left out where they mean nothing. */
  variables?: Variables | undefined
  /** Names that members of the JSON object may have, for completion. */
  names?: readonly KnownName[] | undefined
  /** What is wrong in the text. */
  check?: CheckCode | undefined
  /** What else can be completed, besides names; where those are known. */
  complete?: CompleteCode | undefined
  onChange: (text: string) => void
  onSubmit: () => void
}
