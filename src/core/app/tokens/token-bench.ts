import { defined } from '@contract/defined'
import { fail, ok, type Result } from '@contract/result'
import type { ContentEncryption } from '@contract/tables/token-forms'
import type { JwtKind } from '@contract/tables/jwt-kinds'
import type { BenchView, FetchedKeys, GuessView } from '@contract/tokens/tokens'
import { canSign, type GivenKey, type ReadPem, type WritePem } from '../../jwt/keys/given-key.ts'
import { namedKeys } from '../../jwt/keys/named-keys.ts'
import type { JsonObject } from '../../jwt/text/json-object.ts'
import type { Assumptions } from '../../jwt/checks/check-assumed.ts'
import { makeToken } from '../../jwt/make/make-token.ts'
import type { TokenDraft } from '../../jwt/make/token-draft.ts'
import { tokenParts } from '../../jwt/make/token-parts.ts'
import { readDisclosures } from '../../jwt/text/disclosures.ts'
import { commonSecrets, guessSecret, isGuessable } from '../../jwt/attacks/common-secrets.ts'
import { readCompactJws } from '../../jwt/text/compact.ts'
import { findTokens } from '../../jwt/text/find-tokens.ts'
import { textParts } from '../../jwt/text/text-parts.ts'
import { decodeToken, type DecodedToken } from '../../jwt/text/decode.ts'
import type { ReadChain } from '../../jwt/explain/certificates.ts'
import type { Comparison } from '../../jwt/explain/inspection.ts'
import { knownNames } from '../../jwt/explain/known-names.ts'
import { inspectToken } from '../../jwt/explain/inspect-token.ts'
import { readWhole } from '../../jwt/explain/read-whole.ts'
import type { RandomBytes } from '../../oauth/wire/encoding.ts'
import type { ProviderKeys } from '../../oauth/discovery/jwks.ts'
import type { Connection } from '../../records/model.ts'
import type { Clock, ConnectionStore } from '../../records/ports.ts'
import { fillHole, mayFill } from '../../text/issuer-hole.ts'
import { accessTokenIssuer } from './access-token-expectations.ts'
import type { BenchKey, BenchKeys, ChosenKey, OwnKey } from './bench-keys.ts'
import { createAnsweredKeys } from './answered-keys.ts'
import { contextOf, fated } from './bench-context.ts'
import { acceptedAlgorithms } from './judge-id-token.ts'
import type { CurrentSession } from '../vault/session.ts'

/** Characters of the clipboard that are taken. */
export const pasteLimit = 65_536
/** An object in base64url, then two or four further parts; alone, in quotes or as a header's value. */
const looksLikeJwt = /^(?:authorization:\s*)?(?:(?:bearer|dpop)\s+)?["']?ey[\w-]+(?:\.[\w-]*){2,4}["']?$/i
/** Connections that are offered for a comparison. */
const offered = 5

interface Dependencies {
  session: CurrentSession
  clock: Clock
  connections: ConnectionStore
  providerKeys: ProviderKeys
  readClipboard: () => Promise<string>
  readPem: ReadPem
  writePem: WritePem
  readChain: ReadChain
  randomBytes: RandomBytes
  keys: BenchKeys
}

/** A token to be made, with keys of either sort. */
type BenchDraft = Omit<TokenDraft, 'key' | 'encrypt'> & {
  key?: OwnKey | undefined
  encrypt?: { key: OwnKey; enc: ContentEncryption } | undefined
}

export interface BenchInput {
  text: string
  /** Which of the tokens in the text, counted from 0. */
  pick?: number | undefined
  /** The kind whose rules apply; left out it is recognised. */
  kind?: JwtKind | undefined
  /** A key to check the signature with. It stays on this computer and is not kept. */
  key?: BenchKey | undefined
  /** What the user wants to be assumed; `at` in milliseconds since 1970. */
  assume?: (Assumptions & { at?: number | undefined }) | undefined
  connectionId?: string
  /** Asks the provider of the connection for its keys, or takes those that it answered before. */
  withKeys?: boolean | 'kept'
  /** The payload of a token whose payload was detached (RFC 7515 appendix F). */
  payload?: string | undefined
}

/** Reads any token, makes new ones, and compares it with a connection where that is asked for. Nothing is sent but the question for
 *  a provider's keys, and that only by `withKeys`. Codes: `connection_unknown`, `clipboard_empty`,
 *  `clipboard_too_large`, `clipboard_no_token`. */
export function createTokenBench(deps: Dependencies) {
  const answered = createAnsweredKeys(deps.providerKeys)

  /** The connections of this user whose provider the token names, those of its client first. */
  function suiting(token: DecodedToken): BenchView['connections'] {
    const claims = claimsOf(token)
    const { user, environment } = deps.session()
    const rank = (connection: Connection): number =>
      (isFor(connection, claims) ? 0 : 2) + (connection.environmentId === environment.id ? 0 : 1)
    return deps.connections
      .list(user.id)
      .filter((connection) => mayIssue(connection, claims))
      .toSorted((one, other) => rank(one) - rank(other))
      .slice(0, offered)
      .map(({ id, name, metadata }) => ({ id, name, hasKeys: metadata.jwks_uri !== undefined }))
  }

  async function comparison(
    connection: Connection,
    token: DecodedToken,
    withKeys: boolean | 'kept',
  ): Promise<Comparison> {
    const kid = token.format === 'jwt' ? token.header['kid'] : undefined
    return {
      ...(await answered.keysOf(connection, kid, withKeys)),
      issuer: connection.metadata.issuer,
      ...defined({ accessTokenIssuer: accessTokenIssuer(connection) }),
      clientId: connection.clientId,
      scopeAsked: connection.scope,
      algorithms: acceptedAlgorithms(connection),
      audience: connection.resource ?? null,
    }
  }

  function headerOf(text: string, pick = 0) {
    return headOf(decodeToken(findTokens(text)[pick]?.text ?? ''))
  }

  return {
    async inspect(input: BenchInput): Promise<Result<BenchView>> {
      const { kind, key, connectionId, payload, withKeys = false } = input
      const found = findTokens(input.text)
      const picked = Math.min(input.pick ?? 0, found.length - 1)
      const { text = '', json } = found[picked] ?? {}
      const token = readWhole(text, { json, payload })
      const { disclosures = [] } = found[picked] ?? {}
      const context = await contextOf(token, found, picked)
      const chosen = key === undefined ? undefined : deps.keys.choose(key, headOf(token))
      const about = {
        connections: suiting(token),
        named: namedKeys(headOf(token)),
        found: found.map(({ label, notes }) => ({ label, notes })),
        picked,
        disclosures: fated(readDisclosures(disclosures), context.disclosed?.reassembled?.fates),
        ...textParts(input.text, text, decodeToken(text)),
        ...defined({
          key: chosen?.ok ? keyView(chosen.value.given) : undefined,
          keyTrouble: chosen?.ok === false ? chosen.error : undefined,
        }),
      }
      const inspection = {
        now: input.assume?.at ?? deps.clock.now(),
        readChain: deps.readChain,
        ...context,
        ...defined({
          kind,
          json,
          serialized: found[picked]?.serialized,
          payload,
          key: chosen?.ok ? { ...chosen.value, writePem: deps.writePem } : undefined,
        }),
        assume: assumed(input.assume, chosen?.ok ? chosen.value : undefined, claimsOf(token)),
      }
      if (connectionId === undefined) return ok({ token: await inspectToken(text, inspection), ...about })
      const connection = deps.connections.get(deps.session().user.id, connectionId)
      if (!connection)
        return fail('connection_unknown', 'This connection no longer exists.', 'Choose another one.')
      const against = await comparison(connection, token, withKeys)
      return ok({ token: await inspectToken(text, { ...inspection, against }), ...about })
    },
    /** Fetches keys from an address that was typed, or that the token names. Codes: those of `createBenchKeys`. */
    fetchKeys: (
      input: { address: string } | { text: string; pick?: number | undefined; named: 'jku' | 'x5u' },
    ): Promise<Result<FetchedKeys>> =>
      'address' in input
        ? deps.keys.fetchKeys(input.address)
        : deps.keys.fetchNamed(headerOf(input.text, input.pick), input.named),
    /** Signs or encrypts a token with keys that the user gives. Codes: those of `makeToken`. */
    async make({ key, encrypt, ...draft }: BenchDraft): Promise<Result<{ text: string }>> {
      const signing = key === undefined ? undefined : deps.keys.own(key)
      if (signing?.ok === false) return signing
      const encrypting = encrypt === undefined ? undefined : deps.keys.own(encrypt.key)
      if (encrypting?.ok === false) return encrypting
      const keys = defined({
        key: signing?.value,
        encrypt: encrypt && encrypting ? { enc: encrypt.enc, key: encrypting.value } : undefined,
      })
      const context = { now: deps.clock.now(), randomBytes: deps.randomBytes }
      return makeToken({ ...draft, ...keys }, context, deps.readPem)
    },
    /** Header and payload as JSON texts, to make another token from. Codes: those of `tokenParts`. */
    parts: ({ text, pick = 0 }: { text: string; pick?: number | undefined }) =>
      tokenParts(findTokens(text)[pick]?.text ?? ''),
    /** Claims and header parameters that are known by name. */
    names: () => ok(knownNames()),
    /** Tries common secrets on an HMAC token, offline, from this one on. Code: `not_hmac`. */
    async guess({
      text,
      pick = 0,
      from = 0,
    }: {
      text: string
      pick?: number | undefined
      from?: number | undefined
    }): Promise<Result<GuessView>> {
      const jws = readCompactJws(findTokens(text)[pick]?.text ?? '')
      if (!jws.ok || !isGuessable(jws.value))
        return fail(
          'not_hmac',
          'Only a token signed with a shared secret (HS256, HS384, HS512) can be tried.',
          'Paste a complete one.',
        )
      const { secret = null, tried } = await guessSecret(jws.value, from)
      return ok({ secret, tried, known: commonSecrets().length })
    },
    /** The token on the clipboard, at the user's own press. The page asks for it and so could have been made to: it
     *  is given nothing that does not look like a JWT, such as a password that someone copied. */
    async paste(): Promise<Result<{ text: string }>> {
      const text = (await deps.readClipboard()).trim()
      if (text === '')
        return fail('clipboard_empty', 'The clipboard contains no text.', 'Copy a token first.')
      return text.length > pasteLimit
        ? fail(
            'clipboard_too_large',
            'The clipboard contains much more than a token.',
            'Copy the token alone, then paste again.',
          )
        : looksLikeJwt.test(text)
          ? ok({ text })
          : fail(
              'clipboard_no_token',
              'The clipboard content does not look like a JWT.',
              'Paste it into the field yourself to see what is wrong with it.',
            )
    },
  }
}

function keyView(key: GivenKey): NonNullable<BenchView['key']> {
  const { says, algorithms, encryption, assumed } = key
  return { says, algorithms: [...algorithms, ...encryption], assumed, canSign: canSign(key) }
}

/** The issuer whose keys were fetched is expected, unless the user expects another one. */
function assumed(
  assume: BenchInput['assume'],
  key: ChosenKey | undefined,
  claims: Record<string, unknown>,
): Assumptions {
  // An issuer that the token itself led to says nothing of the token.
  return key?.issuer === undefined || key.untrusted !== undefined
    ? { ...assume }
    : { issuer: fillHole(key.issuer, claims['tid']), ...assume }
}

function headOf(token: DecodedToken): JsonObject {
  return token.format === 'opaque' ? {} : (token.header ?? {})
}

function claimsOf(token: DecodedToken): Record<string, unknown> {
  return token.format === 'jwt' ? { ...token.claims } : {}
}

/** Whether the token names the provider of the connection: its issuer, or that of a tenant of it. */
function mayIssue(connection: Connection, claims: Record<string, unknown>): boolean {
  const { issuer } = connection.metadata
  const named = claims['iss']
  if (typeof named !== 'string') return false
  return [issuer, accessTokenIssuer(connection)?.issuer].some(
    (own) =>
      own !== undefined &&
      (named === fillHole(own, claims['tid']) || (claims['tid'] === undefined && mayFill(own, named))),
  )
}

function isFor({ clientId }: Connection, claims: Record<string, unknown>): boolean {
  return (
    ['client_id', 'azp', 'cid', 'appid'].some((name) => claims[name] === clientId) ||
    [claims['aud']].flat().includes(clientId)
  )
}
