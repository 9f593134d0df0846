import type { FlowHead } from './flow.ts'
import { tagOf } from './labels.ts'

/** Whether every word begins a word of the flow: title (with the account), connection, API, grant, outcome.
 *  From the beginning only, so that “ok” does not find every token. */
export function matchesFlow(words: readonly string[], head: FlowHead): boolean {
  const { title, providerName, apiName = '', manner, kind, outcome, failure } = head
  const text = [title, providerName, apiName, manner, kind, outcome, tagOf(head), failure?.code ?? '']
    .join('\n')
    .toLowerCase()
  return words.every((word) => wordStart(text, word.toLowerCase()))
}

function wordStart(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
    if (!/[\p{L}\p{N}]/u.test(text.charAt(at - 1))) return true
  return false
}
