import type { WantedAcr } from '../../authorization/request-settings.ts'
import type { IdTokenSituation } from '../token-request.ts'

/** What an ID token has to fit that comes without a redirect before it: nothing was sent that it could give back. */
export function straightIdToken(acr: WantedAcr): IdTokenSituation {
  return { from: 'token-endpoint', nonce: null, code: null, maxAgeSeconds: null, acr, previous: null }
}
