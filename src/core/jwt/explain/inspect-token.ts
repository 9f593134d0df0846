import type { JwtKind } from '@contract/tables/jwt-kinds'
import type { Check, TokenKind, TokenView } from '@contract/tokens'
import { notKnown, type Known } from '../../text/known.ts'
import { findKeyConfusion } from '../attacks/key-confusion.ts'
import { nameAttacks } from '../attacks/name-attacks.ts'
import { check } from '../checks/check.ts'
import { checkAccessToken } from '../checks/check-access-token.ts'
import type { AnotherIssuer } from '../checks/check-issuer.ts'
import { checkIdToken } from '../checks/check-id-token.ts'
import { usualSkewSeconds } from '../checks/check-time.ts'
import { lintToken } from '../checks/lint-token.ts'
import type { GivenKey } from '../keys/given-key.ts'
import type { SignatureKeys } from '../keys/verify-signature.ts'
import { checkKind } from '../kinds/check-kind.ts'
import { recogniseKind } from '../kinds/recognise-kind.ts'
import { decodeToken } from '../text/decode.ts'
import type { DecodedJwt, DecodedToken } from '../text/decode.ts'
import { textMember } from '../text/json-object.ts'
import { viewToken } from './view-token.ts'

/** A connection to compare a pasted token with. `algorithms` are those announced for ID tokens. */
export interface Comparison extends Omit<SignatureKeys, 'algorithms'> {
  issuer: Known<string>
  accessTokenIssuer?: AnotherIssuer
  clientId: Known<string>
  algorithms: Known<string[]>
  audience: Known<string | null>
  scopeAsked: Known<string>
}

/** What a pasted token is judged by. */
export interface Inspection {
  /** Milliseconds since 1970. */
  now: number
  /** The kind whose rules apply; left out it is recognised. */
  kind?: JwtKind
  against?: Comparison
  /** A key that the user gave, with its text as given. It counts before those of the connection. */
  key?: { given: GivenKey; text: string }
}

/** Looks at a pasted token, offline: nothing is fetched and nothing kept. */
export async function inspectToken(text: string, inspection: Inspection): Promise<TokenView> {
  const token = decodeToken(text)
  const { now, key } = inspection
  const recognised = token.format === 'jwt' ? recogniseKind(token.header, token.claims) : undefined
  const id = inspection.kind ?? recognised?.kind
  const kind = tokenKindOf(id)
  const view = viewToken(token, { now, ...(kind && { kind }) }, [
    ...(await judge(token, id, inspection)),
    ...(token.format === 'jwt' ? nameAttacks(token) : []),
    ...(token.format === 'jwt' && key ? shortSecret(token, key.given) : []),
    ...(token.format === 'jwt' && key ? await findKeyConfusion(token, key.given, key.text) : []),
    ...lintToken(token, kind),
  ])
  if (view.format !== 'jwt' || id === undefined || recognised === undefined) return view
  const chosen = inspection.kind !== undefined && inspection.kind !== recognised.kind
  return { ...view, kind: { id, because: chosen ? 'you chose it' : recognised.because, chosen } }
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
  { now, against, key }: Inspection,
): Promise<Check[]> {
  if (token.format !== 'jwt' && token.format !== 'jwe') return []
  const own = key && ownKeys(key.given)
  const given = { ...pasted, ...(against ?? alone), ...own, now }
  // Those that a connection announces sign ID tokens alone.
  const algorithms = own?.algorithms
  if (kind === 'id') return checkIdToken(token, { ...given, algorithms: algorithms ?? given.algorithms })
  if (token.format === 'jwe' || kind === undefined || kind === 'access' || token.nested !== undefined)
    return checkAccessToken(token, { ...given, algorithms })
  return checkKind(kind, token, { ...given, algorithms })
}

/** Where nothing but a guess names the algorithm, the first that fits is pinned: a token never chooses. */
function ownKeys({ says, secret, keys, algorithms, assumed }: GivenKey): SignatureKeys {
  const pinned = assumed ? algorithms.slice(0, 1) : algorithms
  return { called: says, algorithms: pinned, ...(secret && { secret }), ...(keys && { keys }) }
}

const alone: Comparison = {
  keysMissing: 'No key was given, and the issuer’s keys were not fetched.',
  issuer: notKnown,
  clientId: notKnown,
  algorithms: notKnown,
  audience: notKnown,
  scopeAsked: notKnown,
}

/** What nobody knows of a token that was pasted. */
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
