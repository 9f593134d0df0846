import { grantTable } from '@contract/tables/grants'
import type { DirectGrantWay } from './direct-grant.ts'

export interface PasswordInput {
  grant: 'password'
  username: string
  password: string
}

/** The password of a person (RFC 6749 section 4.3), deprecated by RFC 9700 section 2.4. */
export const password: DirectGrantWay<PasswordInput> = {
  ask: ({ openid, configuration }, parameters, input) => {
    parameters.set('username', input.username)
    parameters.set('password', input.password)
    return openid.genericGrantRequest(configuration, grantTable.password.type, parameters)
  },
}
