import { decodeText, isText } from '../../../../core/http/body-text.ts'
import { exchangeText, hostOf, searchedBytes, summaryText } from '../../../../core/http/exchange-text.ts'
import type { PlannedField } from '../../../../core/records/history-plan.ts'
import type { ExchangeRecord } from '../../../../core/records/model.ts'
import { exchangeDocument } from '../../../../core/records/documents/exchange.ts'
import { addWords } from '../../../../core/search/words.ts'

/** Words that one exchange is found by at most: of its row, its headers, what was sent, and the body, in this order. */
const mostWords = 1_024
/** Characters of a value that is looked up as a whole. */
const valueLimit = 60

/** Before the name of a field, so that no word is taken for one. */
export function fieldTerm(field: PlannedField, value = ''): string {
  return `\u0001${field}:${value.toLowerCase().slice(0, valueLimit)}`
}

/** Of an exchange all pairs of words of which are there: of any other, none tells. */
export const pairedTerm = '\u0003'

/** Of an exchange whose time is looked up: of any other, from an earlier version, it is in the columns alone. */
export const timedTerm = '\u0004'
/** Before a step of time: eight of them double it. What takes less than a millisecond, or no one knows how long, is one. */
export const stepTerm = '\u0001took:'
const stepsEach = 8

/** The step that a time is looked up by. */
export function stepOf(duration: number | undefined): string {
  if (duration === undefined || duration < 0) return stepTerm
  return `${stepTerm}${duration < 1 ? 0 : 1 + Math.floor(Math.log2(duration) * stepsEach)}`
}

/** Whether a step may have a time that fits; what fits has no gaps, and ends where the times do. */
export function stepFits(step: string, fits: (duration: number) => boolean): boolean {
  if (step === '') return false
  const at = Number(step)
  const least = at === 0 ? 0 : 2 ** ((at - 1) / stepsEach)
  // Rounding may have moved it a little.
  return fits(least * 0.999) || fits(2 ** (at / stepsEach) * 1.001)
}

/** What an exchange is found by. */
export function termsOf(
  summary: Omit<ExchangeRecord, 'view'>,
  view: string,
  body: (length: number) => Uint8Array | undefined,
): Set<string> {
  const terms = new Set<string>()
  const pairs = new Set<string>()
  let isWhole = addWords(summaryText(summary), terms, mostWords, pairs)
  const read = exchangeDocument.read(view)
  if (read.ok) {
    const text = exchangeText(read.value, (contentType) => {
      const bytes = body(searchedBytes)
      return bytes && isText(bytes, contentType) ? decodeText(bytes, contentType) : ''
    })
    isWhole = addWords(text, terms, mostWords, pairs) && isWhole
  }
  if (isWhole) {
    for (const pair of pairs) terms.add(pair)
    terms.add(pairedTerm)
  }
  terms.add(fieldTerm('status', String(summary.status ?? '')))
  terms.add(fieldTerm('method', summary.method))
  terms.add(fieldTerm('host', hostOf(summary.url)))
  terms.add(fieldTerm('account', summary.accountName))
  terms.add(stepOf(summary.duration))
  terms.add(timedTerm)
  return terms
}
