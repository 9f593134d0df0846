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
  return terms
}
