import { grantTable } from '@contract/tables/grants'
import type { DirectGrantWay } from './direct-grant.ts'

/** A token that is exchanged for another (RFC 8693 section 2.1). */
export interface ExchangedToken {
  token: string
  /** `urn:ietf:params:oauth:token-type:…` */
  type: string
}

export interface TokenExchangeInput {
  grant: 'token_exchange'
  subject: ExchangedToken
  actor?: ExchangedToken
  requestedType?: string
}

/** One token for another (RFC 8693). */
export const tokenExchange: DirectGrantWay<TokenExchangeInput> = {
  ask: ({ openid, configuration }, parameters, { subject, actor, requestedType }) => {
    parameters.set('subject_token', subject.token)
    parameters.set('subject_token_type', subject.type)
    if (actor !== undefined) {
      parameters.set('actor_token', actor.token)
      parameters.set('actor_token_type', actor.type)
    }
    if (requestedType !== undefined) parameters.set('requested_token_type', requestedType)
    return openid.genericGrantRequest(configuration, grantTable.token_exchange.type, parameters)
  },
}
