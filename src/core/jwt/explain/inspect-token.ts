import { defined } from '@contract/defined'
import { jwtKinds, type JwtKind } from '@contract/tables/jwt-kinds'
import type { Check, NamedKey, TokenKind, TokenView } from '@contract/tokens/tokens'
import { notKnown } from '../../text/known.ts'
import { findEmptySecret, findKeyConfusion } from '../attacks/key-confusion.ts'
import { nameAttacks } from '../attacks/name-attacks.ts'
import { nameSerialized } from '../attacks/json-attacks.ts'
import { nameBroken } from '../attacks/name-broken.ts'
import { check } from '../checks/check.ts'
import { checkAccessToken } from '../checks/check-access-token.ts'
import { checkIdToken } from '../checks/check-id-token.ts'
import { checkAlwaysDisclosed, checkDisclosures, checkPresentation } from '../checks/check-disclosures.ts'
import { checkSignature } from '../checks/check-signature.ts'
import { usualSkewSeconds } from '../checks/check-time.ts'
import { checkAssumed, type Assumptions } from '../checks/check-assumed.ts'
import { lintToken } from '../checks/lint-token.ts'
import { jwsAlgorithm } from '../keys/algorithms.ts'
import { findSharedFactor } from '../keys/shared-factor.ts'
import type { GivenKey } from '../keys/given-key.ts'
import type { SignatureKeys } from '../keys/verify-signature.ts'
import { checkHolder, holderKeys } from '../kinds/check-holder.ts'
import { checkKind } from '../kinds/check-kind.ts'
import { checkCompanion } from '../kinds/check-proof.ts'
import { recogniseKind } from '../kinds/recognise-kind.ts'
import type { DecodedJwt, DecodedToken } from '../text/decode.ts'
import { member, textMember } from '../text/json-object.ts'
import { readCertificates, withCertificates } from './certificates.ts'
import { inspectEncrypted } from './inspect-encrypted.ts'
import type { Comparison, Inspection } from './inspection.ts'
import { readWhole } from './read-whole.ts'
import { viewToken } from './view-token.ts'

/** Looks at a pasted token, offline: nothing is fetched and nothing kept. */
export async function inspectToken(text: string, inspection: Inspection): Promise<TokenView> {
  const { serialized } = inspection
  const signed = readWhole(text, inspection)
  const token = asProcessed(signed, inspection)
  const { now, key, assume = {} } = inspection
  if (token.format === 'jwe' && key) return inspectEncrypted(token, key.given, inspection, inspectToken)
  const recognised = signed.format === 'jwt' ? recogniseKind(signed.header, signed.claims) : undefined
  const id = inspection.kind ?? recognised?.kind
  const kind = tokenKindOf(id)
  const { readChain } = inspection
  const chain =
    token.format === 'jwt' && readChain
      ? await readCertificates(token.header, readChain, now)
      : { certificates: [], checks: [] }
  const checks = [
    ...(await judge(token, id, inspection)).map((each) => distrust(each, key?.untrusted)),
    ...(token.format === 'jwt' && id !== 'access' && id !== 'id' ? checkAssumed(token.claims, assume) : []),
    ...(recognised ? otherKind(recognised.kind, inspection.kind) : []),
    ...(token.format === 'jwt' ? nameAttacks(token) : nameBroken(token)),
    ...(serialized === undefined ? [] : nameSerialized(serialized, token)),
    ...(token.format === 'jwt' && key ? shortSecret(token, key.given) : []),
    ...(token.format === 'jwt' ? await findEmptySecret(token) : []),
    ...(token.format === 'jwt' && key ? await findKeyConfusion(token, key) : []),
    ...(token.format === 'jwt' && jwsAlgorithm(textMember(token.header, 'alg') ?? '')?.kty === 'RSA'
      ? findSharedFactor(key?.given.keys, inspection.against?.keys)
      : []),
    ...lintToken(token, kind),
    ...chain.checks,
    ...(await checkSelective(signed, inspection, id)),
  ]
  const plainView = viewToken(asDisclosed(signed, inspection), { now, ...(kind && { kind }) }, checks, {}, id)
  const view =
    plainView.format === 'jwt'
      ? { ...plainView, header: withCertificates(plainView.header, chain.certificates) }
      : plainView
  if (view.format !== 'jwt' || recognised === undefined) return view
  const own = inspection.kind ?? recognised.kind
  const chosen = own !== recognised.kind
  return { ...view, kind: { id: own, because: chosen ? 'you chose it' : recognised.because, chosen } }
}

/** The digests of an SD-JWT and of its key binding (RFC 9901 section 7), and what came with a DPoP proof. */
async function checkSelective(
  token: DecodedToken,
  inspection: Inspection,
  kind: JwtKind | undefined,
): Promise<Check[]> {
  if (token.format !== 'jwt') return []
  const { disclosed, presentation, companion, now } = inspection
  const processed = asProcessed(token, inspection)
  const counts = processed.format === 'jwt' ? processed.claims : token.claims
  return [
    ...(disclosed ? checkDisclosures(disclosed.reassembled, disclosed.count) : []),
    ...(disclosed?.reassembled ? checkAlwaysDisclosed(token, disclosed.reassembled.claims) : []),
    ...(disclosed ? await checkHolder(counts, token.claims, disclosed.shown, now) : []),
    ...(presentation ? await checkPresentation(token.claims, presentation.issued, presentation.text) : []),
    ...(companion && kind === 'dpop' ? [checkCompanion(token.claims, companion)] : []),
  ]
}

/** The claims as the holder discloses them, to be read. */
function asDisclosed(token: DecodedToken, { disclosed }: Inspection): DecodedToken {
  const claims = disclosed?.reassembled?.claims
  return token.format === 'jwt' && claims !== undefined && disclosed?.count !== 0
    ? { ...token, claims }
    : token
}

/** The token with the claims that count: once every disclosure is what the issuer signed, those are the disclosed ones too
 *  (RFC 9901 section 7.1); before that only what is signed itself. */
function asProcessed(token: DecodedToken, { disclosed }: Inspection): DecodedToken {
  const { claims, fates = [] } = disclosed?.reassembled ?? {}
  if (token.format !== 'jwt' || claims === undefined || fates.some((fate) => fate !== 'matched')) return token
  // Which hash it names is a rule of its kind.
  const algorithm = member(token.claims, '_sd_alg')
  return { ...token, claims: { ...claims, ...(algorithm !== undefined && { _sd_alg: algorithm }) } }
}

/** Whoever made the token chose such a key: that it fits proves nothing (RFC 8725 section 3.10). */
function distrust(one: Check, by: NamedKey['by'] | undefined): Check {
  if (by === undefined || one.id !== 'signature' || one.state !== 'valid') return one
  return {
    ...one,
    state: 'notice',
    code: 'key_untrusted',
    detail: `It matches the key that the token itself names (${by}), which anyone can do: whose key it is remains unknown. ${one.detail}`,
  }
}

/** A token that says of itself that it is of another kind than the one it is taken for (RFC 8725 section 2.8). */
function otherKind(recognised: JwtKind, chosen: JwtKind | undefined): Check[] {
  if (chosen === undefined || chosen === recognised || chosen === 'plain' || recognised === 'plain') return []
  const [own, taken] = [jwtKinds[recognised], jwtKinds[chosen]].map(({ label }) => label)
  return [
    check('attack-other-kind', 'Attack: token of another kind', 'RFC 8725 section 2.8').invalid(
      `It says it is of the kind “${own}”, but is checked as “${taken}”. An API that does not tell kinds apart accepts it.`,
      'other_kind',
    ),
  ]
}

/** The kind in the words of an account's token set; undefined for those that no account has. */
function tokenKindOf(kind: JwtKind | undefined): TokenKind | undefined {
  return kind === 'access' || kind === 'id' || kind === 'refresh' ? kind : undefined
}

/** A secret shorter than the hash can be guessed offline (RFC 7518 section 3.2). */
function shortSecret({ header }: DecodedJwt, { secret }: GivenKey): Check[] {
  const least = Number(/^HS(256|384|512)$/.exec(textMember(header, 'alg') ?? '')?.[1] ?? 0) / 8
  if (secret === undefined || secret.length >= least) return []
  return [
    check('secret-length', 'Short secret', 'RFC 7518 section 3.2').notice(
      `The secret has ${secret.length} bytes; at least ${least} are required. A short one can be guessed from a single token.`,
      'secret_short',
    ),
  ]
}

async function judge(
  token: DecodedToken,
  kind: JwtKind | undefined,
  { now, against, key, presentation, assume = {} }: Inspection,
): Promise<Check[]> {
  if (token.format === 'opaque' || (token.format === 'malformed' && token.jws === undefined)) return []
  const own = key && ownKeys(key.given)
  const given = { ...pasted, ...(against ?? alone), ...assumedFor(kind, assume), ...own, now }
  // Those that a connection announces sign ID tokens alone.
  const algorithms = own?.algorithms
  if (token.format === 'malformed')
    return token.jws?.payload === null ? [] : checkSignature(token, { ...given, algorithms })
  if (kind === 'id') return checkIdToken(token, { ...given, algorithms: algorithms ?? given.algorithms })
  if (token.format === 'jwe' || kind === undefined || kind === 'access' || token.nested !== undefined)
    return checkAccessToken(token, { ...given, algorithms })
  const holder = kind === 'key_binding' && presentation ? holderKeys(presentation.claims) : undefined
  return checkKind(kind, token, { ...given, algorithms: holder ? undefined : algorithms, ...holder })
}

/** Where nothing but a guess names the algorithm, the first that fits each key is pinned: a token never chooses. */
function ownKeys({ says, secret, keys, accepted }: GivenKey): SignatureKeys {
  return { called: says, algorithms: accepted, ...(secret && { secret }), ...(keys && { keys }) }
}

/** An ID token's audience is the client (OpenID Connect Core section 2). */
function assumedFor(
  kind: JwtKind | undefined,
  { issuer, audience, nonce, skewSeconds }: Assumptions,
): Assumptions & { clientId?: string } {
  const theirs = kind === 'id' ? { clientId: audience } : { audience }
  return defined({ issuer, nonce, skewSeconds, ...theirs })
}

const alone: Comparison = {
  keysMissing: 'No key was given, and the issuer’s keys were not fetched.',
  issuer: notKnown,
  clientId: notKnown,
  algorithms: notKnown,
  audience: notKnown,
  scopeAsked: notKnown,
}

/** What no one knows of a token that was pasted. */
const pasted = {
  skewSeconds: usualSkewSeconds,
  nonce: notKnown,
  accessToken: notKnown,
  code: notKnown,
  from: 'token-endpoint',
  maxAgeSeconds: notKnown,
  acr: notKnown,
  previous: notKnown,
  scopeGranted: notKnown,
  tokenType: notKnown,
  keyThumbprint: notKnown,
} as const
