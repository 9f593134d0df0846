import { grantTable } from '@contract/tables/grants'
import type { DirectGrantWay } from './direct-grant.ts'

export interface JwtBearerInput {
  grant: 'jwt_bearer'
  assertion: string
}

/** A signed assertion (RFC 7523 section 2.1). */
export const jwtBearer: DirectGrantWay<JwtBearerInput> = {
  ask: ({ openid, configuration }, parameters, { assertion }) => {
    parameters.set('assertion', assertion)
    return openid.genericGrantRequest(configuration, grantTable.jwt_bearer.type, parameters)
  },
}
