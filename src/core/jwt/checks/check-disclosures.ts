import type { Check } from '@contract/tokens/tokens'
import { digestOf, digestText, type Reassembled } from '../text/reassemble.ts'
import type { DecodedJwt } from '../text/decode.ts'
import { member, textMember } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'
import { check, comparedWith } from './check.ts'

const faults = {
  unmatched: 'match no digest in the token, so its issuer did not sign them',
  repeated: 'appear twice',
  misplaced: 'have the wrong form for their place in the token, or a name that is taken',
} as const

/** Whether what the holder discloses is what the issuer signed (RFC 9901 section 7.1). Codes: `disclosure_unmatched`,
 *  `disclosure_repeated`, `disclosure_misplaced`, `digest_unknown`. */
export function checkDisclosures(reassembled: Reassembled | undefined, count: number): Check[] {
  const report = check('disclosures', 'Disclosures', 'RFC 9901 section 7.1')
  if (reassembled === undefined)
    return count === 0
      ? []
      : [report.unchecked('The hash of the digests (_sd_alg) is unknown.', 'digest_unknown')]
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
    keptBack === 0 ? 'Nothing is withheld.' : `${keptBack} digests remain: withheld by the holder, or decoys.`
  if (count === 0) return keptBack === 0 ? [] : [report.valid(`Nothing is disclosed. ${rest}`)]
  return [
    report.valid(`${count === 1 ? 'It matches' : `All ${count} match`} what the issuer signed. ${rest}`),
  ]
}

/** Claims of an SD-JWT VC by which it is judged: its holder may not keep them back. */
const alwaysDisclosed = ['iss', 'nbf', 'exp', 'cnf', 'vct', 'status']

/** Whether claims are disclosures that must not be (SD-JWT VC section 3.2.2.2; for other SD-JWTs RFC 9901 section 9.7 advises
 *  against it). `processed` are the claims with what is disclosed. Code: `selectively_disclosed`. */
export function checkAlwaysDisclosed({ header, claims }: DecodedJwt, processed: JsonObject): Check[] {
  const names = [...alwaysDisclosed, 'aud', 'iat'].filter(
    (name) => member(claims, name) === undefined && member(processed, name) !== undefined,
  )
  if (names.length === 0) return []
  const isCredential = /^(?:dc|vc)\+sd-jwt$/i.test(textMember(header, 'typ') ?? '')
  const forbidden = isCredential ? names.filter((name) => alwaysDisclosed.includes(name)) : []
  const report = check(
    'validity-disclosed',
    'Claims that its holder could withhold',
    isCredential ? 'SD-JWT VC section 3.2.2.2' : 'RFC 9901 section 9.7',
  )
  return forbidden.length > 0
    ? [
        report.invalid(
          `${forbidden.join(', ')}: a credential must not make them disclosures.`,
          'selectively_disclosed',
        ),
      ]
    : [
        report.notice(
          `${names.join(', ')}: they are checked here, and whoever presents it could have left them out.`,
          'selectively_disclosed',
        ),
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
  if (algorithm === undefined) return [report.unchecked('The hash (_sd_alg) is unknown.', 'digest_unknown')]
  const expected = await digestText(algorithm, presented)
  return [
    came === expected
      ? report.valid('sd_hash is that of the SD-JWT and the disclosures before it.')
      : report.invalid(
          'sd_hash is not that of the SD-JWT and the disclosures before it: the binding belongs to another presentation.',
          'sd_hash_wrong',
          comparedWith(came, expected),
        ),
  ]
}
