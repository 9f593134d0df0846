import { defined } from '@contract/defined'
import { grantTable } from '@contract/tables/grants'
import type { Grant } from '../run-grant.ts'
import { straightIdToken } from './straight.ts'
import type { WantedAcr } from '../../authorization/request-settings.ts'

/** Device code, asked about once (RFC 8628 section 3.4): who asks again and when is decided elsewhere. */
export function deviceGrant(
  { deviceCode, resource }: { deviceCode: string; resource?: string },
  acr: WantedAcr,
): Grant {
  return {
    kind: 'device',
    ask: ({ openid, configuration }) =>
      openid.genericGrantRequest(configuration, grantTable.device_code.type, {
        device_code: deviceCode,
        ...defined({ resource: resource ? resource : undefined }),
      }),
    needsIdToken: false,
    idToken: straightIdToken(acr),
  }
}
