import type { Failure } from '@contract/result'
import { isInsecure, isLedAwayInPlain } from '../../core/http/origin.ts'
import type { CarriedCredential } from '../../core/http/wire.ts'
import type { Way } from '../../core/records/way.ts'

/** Why a token must not go to an address by this way; nothing where it may. Code: `http_token_insecure`. */
export function insecureToken(
  credential: CarriedCredential | undefined,
  url: string,
  way: Way,
): Failure | undefined {
  if (credential === undefined || credential.allowInsecure) return undefined
  const code = 'http_token_insecure'
  const { host } = new URL(url)
  if (isInsecure(url))
    return {
      code,
      message: `The token was not sent: plain http to ${host} can be read in transit.`,
      next: 'Use https, or turn “Allow plain HTTP to another computer” on in this account’s connection.',
    }
  if (isLedAwayInPlain(url, way))
    return {
      code,
      message: `The token was not sent: with these network settings, plain http to ${host} goes to another computer and can be read in transit.`,
      next: 'Use https, or change the proxy or the rule for this server in Settings › Network.',
    }
  return undefined
}
