import type { TokenTarget } from '@contract/requests'
import { fail, type Result } from '@contract/result'
import { decodeToken } from '../../jwt/text/decode.ts'
import type { Clock } from '../../records/ports.ts'
import type { TokenOriginStore } from '../../records/token-origins.ts'
import { displayName } from '../accounts/account-names.ts'
import type { OpenTokenSet } from '../tokens/refresh-account.ts'

interface Dependencies {
  clock: Clock
  tokenOrigins: TokenOriginStore
}

/** Where a request goes. `shown` is its origin without the values of secret variables. */
export interface Destination {
  origin: string
  shown: string
  /** What the user has just allowed. */
  allowed?: TokenTarget | undefined
}

/** Asks before a token goes to an origin that it was not meant for, once for each account and origin.
 *  Code: `token_origin_unconfirmed`. */
export function createTokenOrigins({ clock, tokenOrigins }: Dependencies) {
  return {
    judge(opened: OpenTokenSet, { origin, shown, allowed }: Destination): Result<never> | undefined {
      const { id, userId } = opened.account
      const meant = meantFor(opened)
      if (meant.has(origin) || tokenOrigins.allows(userId, id, origin)) return undefined
      if (allowed?.accountId === id && allowed.origin === shown) {
        // What a secret variable is part of is never kept in plain: it is asked about each time.
        if (shown === origin) tokenOrigins.allow(userId, id, origin, clock.now())
        return undefined
      }
      return fail(
        'token_origin_unconfirmed',
        `The token of “${displayName(opened.account)}” is for ${[...meant].join(', ')}, not for ${shown}. Nothing was sent.`,
        'Choose another account or none, or allow this token to go there: you are asked only once.',
      )
    },
  }
}

/** The origins that a token was issued for: its audience (RFC 7519 section 4.1.3), else the resource that was asked for
 *  (RFC 8707 section 2), and the provider itself with its userinfo endpoint. A resource that the provider did not heed
 *  is none: the file of a collection may have named it. */
export function meantFor({
  connection,
  tokenSet,
  tokens,
}: Pick<OpenTokenSet, 'connection' | 'tokenSet' | 'tokens'>): Set<string> {
  const token = decodeToken(tokens.access)
  const audience: unknown = token.format === 'jwt' ? token.claims['aud'] : undefined
  const named: unknown[] = Array.isArray(audience) ? audience.slice(0, 100) : [audience]
  const { issuer, userinfo_endpoint: userinfo } = connection.metadata
  const own = originsOf([userinfo, issuer])
  const audiences = originsOf(named)
  const resource = originsOf([tokenSet.resource ?? connection.resource])
  return new Set([...audiences, ...(audiences.some((each) => !own.includes(each)) ? [] : resource), ...own])
}

function originsOf(addresses: readonly unknown[]): string[] {
  return addresses.flatMap((address) =>
    typeof address === 'string' && /^https?:/i.test(address) && URL.canParse(address)
      ? [new URL(address).origin]
      : [],
  )
}
