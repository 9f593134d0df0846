import type { Check, TokenVerdict, TokenView } from '@contract/tokens/tokens'
import { check } from '../checks/check.ts'
import { checkTime, usualSkewSeconds } from '../checks/check-time.ts'
import { openEncrypted, type Opened } from '../encryption/open-encrypted.ts'
import type { GivenKey } from '../keys/given-key.ts'
import { recogniseKind } from '../kinds/recognise-kind.ts'
import { decodeToken, type DecodedToken } from '../text/decode.ts'
import { readJsonObject } from '../text/json-object.ts'
import { explainClaims, explainHeader } from './claim-views.ts'
import type { Inspection } from './inspection.ts'
import { verdictOf } from './verdict.ts'
import { lifeOf, viewToken } from './view-token.ts'

/** Tokens inside one another that are opened. */
const mostEnvelopes = 4

type Inspect = (text: string, inspection: Inspection) => Promise<TokenView>

/** Opens an encrypted token with the key given and looks at what is inside; where it does not open, says why. */
export async function inspectEncrypted(
  token: Extract<DecodedToken, { format: 'jwe' }>,
  key: GivenKey,
  inspection: Inspection,
  inspect: Inspect,
): Promise<TokenView> {
  const { now, opened: depth = 0 } = inspection
  const report = check('encryption', 'Encryption', 'RFC 7516 section 5.2')
  if (depth >= mostEnvelopes)
    return viewToken(token, { now }, [
      report.unchecked(`More than ${mostEnvelopes} encrypted tokens, one inside another.`, 'too_deep'),
    ])
  const opened = await openEncrypted(token.text, key)
  if (!opened.ok) {
    const { code, message, next } = opened.error
    const told = [message, next].join(' ').trim()
    const state = ['decryption_failed', 'jwe_unreadable', 'p2c_too_high'].includes(code)
      ? 'invalid'
      : 'unchecked'
    return viewToken(token, { now }, [report[state](told, code)])
  }
  const { header, alg, enc, plain } = opened.value
  const envelope = { algorithms: `${alg}, ${enc}`, header: explainHeader(header, { now }) }
  const passed = report.valid(`Decrypted with ${key.says}: ${alg}, ${enc}.`)
  const text = new TextDecoder().decode(plain)
  const { format } = decodeToken(text)
  const view =
    format === 'jwt' || format === 'jwe'
      ? await inspect(text, { ...inspection, json: undefined, opened: depth + 1 })
      : viewUnsigned(text, opened.value, inspection, token.text.length)
  return {
    ...view,
    checks: [passed, ...view.checks],
    envelopes: [envelope, ...(view.envelopes ?? [])],
  }
}

/** Claims, or anything else, that are encrypted and not signed. */
function viewUnsigned(text: string, opened: Opened, { now, assume }: Inspection, size: number): TokenView {
  const claims = readJsonObject(opened.plain)
  if (!claims.ok) {
    const says = `It contains text that is not a token: ${text.slice(0, 200)}`
    // The verdict is passed on where the token is shared; what is inside is not.
    const verdict: TokenVerdict = {
      what: 'Encrypted text',
      attacks: [],
      state: 'opaque',
      says: 'It contains text that is not a token.',
    }
    return { format: 'opaque', verdict, size, checks: [], life: {}, says }
  }
  const skewSeconds = assume?.skewSeconds ?? usualSkewSeconds
  const { header } = opened
  const { kind, because } = recogniseKind(header, claims.value)
  const checks = [
    originOf(opened),
    checkTime(claims.value, { now, skewSeconds, required: [], futureIssue: 'notice' }),
  ]
  const inside = { text, surroundings: [], duplicates: claims.duplicates, header, claims: claims.value }
  return {
    format: 'jwt',
    verdict: verdictOf({ format: 'jwt', segments: ['', '', ''], ...inside }, checks, kind),
    size,
    kind: { id: kind, because, chosen: false },
    algorithm: opened.alg,
    header: [],
    claims: explainClaims(claims.value, { now }),
    preview: { header: '', payload: '' },
    life: lifeOf(claims.value),
    checks,
  }
}

/** Encryption to a public key says nothing of who encrypted (RFC 8725 section 3.1, RFC 7519 section 11.2). */
function originOf({ isShared, alg }: Opened): Check {
  const report = check('signature', 'Signature', 'RFC 7519 section 11.2')
  return isShared
    ? report.notice(
        `Not signed. Anyone who knows the shared secret (${alg}) could have made it, including the recipient.`,
        'shared_encryption',
      )
    : report.invalid(
        'Encrypted, but not signed: anyone with the recipient’s public key could have made it. An API that takes it as proof can be deceived.',
        'unsigned_in_jwe',
      )
}
