import type { Check } from '@contract/tokens/tokens'
import { digestOf, digestText, type Reassembled } from '../text/reassemble.ts'
import { textMember } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'
import { check, comparedWith } from './check.ts'

const faults = {
  unmatched: 'match no digest in the token, so its issuer did not sign them',
  repeated: 'are there twice',
  misplaced: 'have another form than their place in the token wants, or a name that is taken',
} as const

/** Whether what the holder discloses is what the issuer signed (RFC 9901 section 7.1). Codes: `disclosure_unmatched`,
 *  `disclosure_repeated`, `disclosure_misplaced`, `digest_unknown`. */
export function checkDisclosures(reassembled: Reassembled | undefined, count: number): Check[] {
  const report = check('disclosures', 'Disclosures', 'RFC 9901 section 7.1')
  if (reassembled === undefined)
    return count === 0
      ? []
      : [report.unchecked('The hash of the digests (_sd_alg) is not known here.', 'digest_unknown')]
  const { fates, keptBack } = reassembled
  const wrong = (['unmatched', 'repeated', 'misplaced'] as const).flatMap((fate) => {
    const places = fates.flatMap((each, index) => (each === fate ? [index + 1] : []))
    return places.length === 0 ? [] : [{ fate, places }]
  })
  const [first] = wrong
  if (first)
    return [
      report.invalid(
        `${wrong.map(({ fate, places }) => `Number ${places.slice(0, 10).join(', ')} ${faults[fate]}`).join('. ')}. Such an SD-JWT must be refused.`,
        `disclosure_${first.fate}`,
      ),
    ]
  const rest =
    keptBack === 0
      ? 'Nothing is kept back.'
      : `${keptBack} digests remain: kept back by the holder, or decoys.`
  if (count === 0) return keptBack === 0 ? [] : [report.valid(`Nothing is disclosed. ${rest}`)]
  return [
    report.valid(`${count === 1 ? 'It matches' : `All ${count} match`} what the issuer signed. ${rest}`),
  ]
}

/** Whether a key binding is of the presentation that it came with (RFC 9901 section 4.3.1). `presented` is all before it,
 *  `issued` the claims of the SD-JWT. Code: `sd_hash_wrong`. */
export async function checkPresentation(
  binding: JsonObject,
  issued: JsonObject,
  presented: string,
): Promise<Check[]> {
  const report = check('sd_hash', 'Presentation', 'RFC 9901 section 4.3.1')
  const came = textMember(binding, 'sd_hash')
  const algorithm = digestOf(issued)
  if (came === undefined) return []
  if (algorithm === undefined)
    return [report.unchecked('The hash (_sd_alg) is not known here.', 'digest_unknown')]
  const expected = await digestText(algorithm, presented)
  return [
    came === expected
      ? report.valid('sd_hash is that of the SD-JWT and the disclosures before it.')
      : report.invalid(
          'sd_hash is not that of the SD-JWT and the disclosures before it: the binding is of another presentation.',
          'sd_hash_wrong',
          comparedWith(came, expected),
        ),
  ]
}
