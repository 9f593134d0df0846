import type { PlannedPair } from '../records/history-plan.ts'
/** Characters of a word that are kept: of what is longer the first are found. */
export const wordLimit = 40

const wordPattern = /[\p{L}\p{N}\p{M}]+(?:[-_.][\p{L}\p{N}\p{M}]+)*/gu
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
/** Places within a word from which it is found, too. */
const mostParts = 16

/** Adds what a text is found by, up to a limit of words: each word in lower case, and what begins within it, behind `-`,
 *  `_` or `.` and at a capital: `X-Request-Id` is found by `x-request-id`, `request-id` and `id`, `customerId` by `id`. A
 *  UUID is found from its beginning alone. `pairs`: gets each two words that follow one another, up to the same limit.
 *  Returns whether all of the text is in both. */
export function addWords(text: string, into: Set<string>, limit: number, pairs?: Set<string>): boolean {
  let before: string | undefined
  let isWhole = true
  for (const [whole] of text.matchAll(wordPattern)) {
    if (into.size >= limit) return false
    const word = whole.slice(0, 2 * wordLimit)
    const lower = word.toLowerCase()
    into.add(lower.slice(0, wordLimit))
    if (pairs !== undefined) {
      if (pairs.size >= limit) isWhole = false
      else if (before !== undefined) pairs.add(pairTerm(before, lower))
      before = word === whole ? lower : whole.slice(-wordLimit).toLowerCase()
    }
    if (word.length > wordLimit || uuid.test(lower)) continue
    let parts = 0
    for (let at = 1; at < word.length && parts < mostParts && into.size < limit; at += 1) {
      if (!isPart(word, at)) continue
      into.add(lower.slice(at))
      parts += 1
    }
  }
  return isWhole
}

/** Before a pair, so that no word is taken for one. */
const pairMark = '\u0002'
/** Of the second word its beginning, of the first its end: so much tells nearly every phrase from what only has its words,
 *  and there are few of them. */
const ofSecond = 2
const ofFirst = 3

/** Of two words that follow one another, in lower case: how the second begins, and how the first ends, from behind. */
function pairTerm(first: string, second: string): string {
  return pairMark + second.slice(0, ofSecond).padEnd(ofSecond, '\0') + endOf(first)
}

function endOf(word: string): string {
  let end = ''
  for (let at = word.length - 1; at >= 0 && end.length < ofFirst; at -= 1) end += word[at] ?? ''
  return end
}

/** Pairs of one phrase that are looked up: those after them are compared. */
const mostPairs = 16

/** The pairs of the parts of a word, or phrase, that follow one another. The first part may be the end of a word, the last
 *  one its beginning. */
function pairsOf(parts: readonly string[]): PlannedPair[] {
  const bare = parts.slice(0, mostPairs + 1).map((part) => part.replace(/[-_.]$/, ''))
  return bare.slice(1).map((second, at) => {
    const first = bare[at] ?? ''
    const isTyped = at === parts.length - 2 && second.length < ofSecond
    return isTyped
      ? { beginning: pairMark + second, rest: endOf(first) }
      : { beginning: pairTerm(first, second) }
  })
}

/** As `wordPattern`; a sign at the end is one within a word that is being typed. */
const typedPattern = /[\p{L}\p{N}\p{M}]+(?:[-_.][\p{L}\p{N}\p{M}]+)*(?:[-_.]$)?/gu

const plainWord = /^[a-z\d]{1,40}$/

/** What a word of a search is looked up by. `exact`: whatever has these has the word. */
export function wordParts(word: string): { parts: string[]; exact: boolean; pairs: PlannedPair[] } {
  // As most are.
  if (plainWord.test(word)) return { parts: [word], exact: true, pairs: [] }
  const found = Array.from(word.toLowerCase().matchAll(typedPattern), ([part]) => part)
  const parts = found.map((part) => part.slice(0, wordLimit))
  const exact = parts.length === 0 || (parts.length === 1 && parts[0] === word)
  return { parts, exact, pairs: found.length < 2 ? [] : pairsOf(found) }
}

function isPart(word: string, at: number): boolean {
  const before = word.charCodeAt(at - 1)
  if (before === 45 || before === 95 || before === 46) return true
  const here = word.charCodeAt(at)
  return here >= 65 && here <= 90 && before >= 97 && before <= 122
}
