/** Characters of a word that are kept: of what is longer the first are found. */
export const wordLimit = 40

const wordPattern = /[\p{L}\p{N}\p{M}]+(?:[-_.][\p{L}\p{N}\p{M}]+)*/gu
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
/** Places within a word from which it is found, too. */
const mostParts = 16

/** Adds what a text is found by, up to a limit of words: each word in lower case, and what begins within it, behind `-`,
 *  `_` or `.` and at a capital: `X-Request-Id` is found by `x-request-id`, `request-id` and `id`, `customerId` by `id`. A
 *  UUID is found from its beginning alone. */
export function addWords(text: string, into: Set<string>, limit: number): void {
  for (const [whole] of text.matchAll(wordPattern)) {
    if (into.size >= limit) return
    const word = whole.slice(0, 2 * wordLimit)
    const lower = word.toLowerCase()
    into.add(lower.slice(0, wordLimit))
    if (word.length > wordLimit || uuid.test(lower)) continue
    let parts = 0
    for (let at = 1; at < word.length && parts < mostParts && into.size < limit; at += 1) {
      if (!isPart(word, at)) continue
      into.add(lower.slice(at))
      parts += 1
    }
  }
}

/** As `wordPattern`; a sign at the end is one within a word that is being typed. */
const typedPattern = /[\p{L}\p{N}\p{M}]+(?:[-_.][\p{L}\p{N}\p{M}]+)*(?:[-_.]$)?/gu

/** What a word of a search is looked up by. `exact`: whatever has these has the word. */
export function wordParts(word: string): { parts: string[]; exact: boolean } {
  const found = Array.from(word.toLowerCase().matchAll(typedPattern), ([part]) => part)
  const parts = found.map((part) => part.slice(0, wordLimit))
  return { parts, exact: parts.length === 0 || (parts.length === 1 && parts[0] === word) }
}

function isPart(word: string, at: number): boolean {
  const before = word.charCodeAt(at - 1)
  if (before === 45 || before === 95 || before === 46) return true
  const here = word.charCodeAt(at)
  return here >= 65 && here <= 90 && before >= 97 && before <= 122
}
