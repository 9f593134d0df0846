import { defined } from '@contract/defined'
import { fail, ok, type Result } from '@contract/result'
import type { JwtKind } from '@contract/tables/jwt-kinds'
import type { BenchView } from '@contract/tokens'
import {
  canSign,
  readGivenKey,
  type GivenKey,
  type KeyInput,
  type ReadPem,
} from '../../jwt/keys/given-key.ts'
import { makeToken, type TokenDraft } from '../../jwt/make/make-token.ts'
import { readDisclosures } from '../../jwt/text/disclosures.ts'
import { findTokens } from '../../jwt/text/find-tokens.ts'
import { decodeToken, type DecodedToken } from '../../jwt/text/decode.ts'
import { inspectToken, type Comparison } from '../../jwt/explain/inspect-token.ts'
import type { ProviderKeys } from '../../oauth/discovery/jwks.ts'
import type { Connection } from '../../records/model.ts'
import type { Clock, ConnectionStore } from '../../records/ports.ts'
import { accessTokenIssuer } from './access-token-expectations.ts'
import { acceptedAlgorithms, keysFor } from './judge-id-token.ts'
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
}

export interface BenchInput {
  text: string
  /** Which of the tokens in the text, counted from 0. */
  pick?: number | undefined
  /** The kind whose rules apply; left out it is recognised. */
  kind?: JwtKind | undefined
  /** A key to check the signature with. It stays on this computer and is not kept. */
  key?: KeyInput | undefined
  connectionId?: string
  /** Asks the provider of the connection for its keys. */
  withKeys?: boolean
}

/** Reads any token, makes new ones, and compares it with a connection where that is asked for. Nothing is sent but the question for
 *  a provider's keys, and that only by `withKeys`. Codes: `connection_unknown`, `clipboard_empty`,
 *  `clipboard_too_large`, `clipboard_no_token`. */
export function createTokenBench(deps: Dependencies) {
  /** The connections of this user whose provider the token names, those of its client first. */
  function suiting(token: DecodedToken): BenchView['connections'] {
    const claims = claimsOf(token)
    const { user, environment } = deps.session()
    const rank = (connection: Connection): number =>
      (isFor(connection, claims) ? 0 : 2) + (connection.environmentId === environment.id ? 0 : 1)
    return deps.connections
      .list(user.id)
      .filter(({ metadata }) => metadata.issuer === claims['iss'])
      .toSorted((one, other) => rank(one) - rank(other))
      .slice(0, offered)
      .map(({ id, name, metadata }) => ({ id, name, hasKeys: metadata.jwks_uri !== undefined }))
  }

  async function comparison(
    connection: Connection,
    token: DecodedToken,
    withKeys: boolean,
  ): Promise<Comparison> {
    const kid = token.format === 'jwt' ? token.header['kid'] : undefined
    return {
      ...(withKeys
        ? await keysFor(deps.providerKeys, connection, undefined, kid)
        : { keysMissing: 'The provider was not asked for its keys.' }),
      issuer: connection.metadata.issuer,
      ...defined({ accessTokenIssuer: accessTokenIssuer(connection) }),
      clientId: connection.clientId,
      scopeAsked: connection.scope,
      algorithms: acceptedAlgorithms(connection),
      audience: connection.resource ?? null,
    }
  }

  return {
    async inspect(input: BenchInput): Promise<Result<BenchView>> {
      const { kind, key, connectionId, withKeys = false } = input
      const found = findTokens(input.text)
      const picked = Math.min(input.pick ?? 0, found.length - 1)
      const { text = '' } = found[picked] ?? {}
      const token = decodeToken(text)
      const given = key === undefined ? undefined : readGivenKey(key, deps.readPem)
      const about = {
        connections: suiting(token),
        found: found.map(({ label, notes }) => ({ label, notes })),
        picked,
        disclosures: readDisclosures(found[picked]?.disclosures ?? []),
        ...defined({
          key: given?.ok ? keyView(given.value) : undefined,
          keyTrouble: given?.ok === false ? given.error : undefined,
        }),
      }
      const inspection = {
        now: deps.clock.now(),
        ...defined({ kind }),
        ...defined({ key: given?.ok && key ? { given: given.value, text: key.text } : undefined }),
      }
      if (connectionId === undefined) return ok({ token: await inspectToken(text, inspection), ...about })
      const connection = deps.connections.get(deps.session().user.id, connectionId)
      if (!connection)
        return fail('connection_unknown', 'This connection no longer exists.', 'Choose another one.')
      const against = await comparison(connection, token, withKeys)
      return ok({ token: await inspectToken(text, { ...inspection, against }), ...about })
    },
    /** Signs a token with a key that the user gives. Codes: those of `makeToken`. */
    make: (draft: TokenDraft): Promise<Result<{ text: string }>> =>
      makeToken(draft, deps.clock.now(), deps.readPem),
    /** The token on the clipboard, at the user's own press. The page asks for it and so could have been made to: it
     *  is given nothing that does not look like a JWT, such as a password that someone copied. */
    async paste(): Promise<Result<{ text: string }>> {
      const text = (await deps.readClipboard()).trim()
      if (text === '')
        return fail('clipboard_empty', 'There is no text on the clipboard.', 'Copy a token first.')
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
  const { says, algorithms, assumed } = key
  return { says, algorithms, assumed, canSign: canSign(key) }
}

function claimsOf(token: DecodedToken): Record<string, unknown> {
  return token.format === 'jwt' ? { ...token.claims } : {}
}

function isFor({ clientId }: Connection, claims: Record<string, unknown>): boolean {
  return (
    ['client_id', 'azp', 'cid', 'appid'].some((name) => claims[name] === clientId) ||
    [claims['aud']].flat().includes(clientId)
  )
}
