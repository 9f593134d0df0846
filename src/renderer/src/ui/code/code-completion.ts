import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete'
import type { Extension } from '@codemirror/state'
import type { KnownName } from '@contract/tokens/bench.ts'
import { nameAt } from '../../lib/json/name-at.ts'
import { completionLooks } from './completion-looks.ts'

/** Completes names of the members of a JSON object, while one is typed; nothing where none are known. */
export function completeNames(known: readonly KnownName[] | undefined): Extension {
  if (!known || known.length === 0) return []
  return [
    autocompletion({ override: [(context) => complete(context, known)], icons: false }),
    completionLooks,
  ]
}

function complete(
  { state, pos, explicit }: CompletionContext,
  known: readonly KnownName[],
): CompletionResult | null {
  const place = nameAt(state.doc.toString(), pos)
  // Without a quotation mark only whoever asks is answered.
  if (!place || (place.from === place.to && !explicit)) return null
  const { from, to, hasColon, others } = place
  const options = known.flatMap(({ name, source, says }): Completion[] =>
    others.includes(name)
      ? []
      : [
          {
            label: `"${name}"`,
            displayLabel: name,
            ...(source !== undefined && { detail: source }),
            ...(says !== undefined && { info: says }),
            apply: hasColon ? `"${name}"` : `"${name}": `,
          },
        ],
  )
  return { from, to, options, validFor: /^"[^"\n]*"?$/ }
}
