import { oddFacts } from '@contract/tables/connection-settings'
import { responseModeTable } from '@contract/tables/response-modes'
import { defined } from '@contract/defined'
import type { Connection } from '../../records/model.ts'
import { isPushed } from '../../oauth/authorization/pushed-request.ts'
import { partsOf } from '../../oauth/authorization/response-type.ts'
import type { FlowFacts } from '../flows/flow-trace.ts'

/** What a sign-in may be asked for otherwise than its connection says. */
export interface SignInWish {
  connectionId: string
  scope?: string | undefined
  /** RFC 9470: what an API asked for. */
  acrValues?: string | undefined
  maxAgeSeconds?: number | undefined
  /** Whose sign-in is begun again: that someone else signs in is told in its history. */
  accountId?: string | undefined
}

/** The connection as it is for one sign-in that an API asked for (RFC 9470 section 4). */
export function steppedUp(connection: Connection, { acrValues, maxAgeSeconds }: SignInWish): Connection {
  return {
    ...connection,
    settings: {
      ...connection.settings,
      ...defined({ acrValues, maxAgeSeconds }),
    },
  }
}

/** What the flow is called until it is known who signs in. */
export function factsOf(connection: Connection): FlowFacts {
  const { name, metadata, settings = {} } = connection
  const beyond: [boolean, string][] = [
    [isPushed({ connection }), 'PAR'],
    [settings.signedRequest === true, 'signed request'],
    [responseModeTable[settings.responseMode ?? 'query'].signed, 'signed response'],
    [settings.dpop === true, 'DPoP'],
  ]
  const used = beyond.filter(([yes]) => yes).map(([, word]) => word)
  return {
    title: `Sign in · ${name}`,
    providerName: name,
    manner: [mannerOf(settings.responseType), ...used].join(' + '),
    metadata,
    odd: oddFacts(settings),
  }
}

function mannerOf(responseType = 'code'): string {
  return partsOf(responseType).code ? `${responseType} + PKCE` : `implicit: ${responseType}`
}

/** The same of a sign-in by device code. */
export function deviceFactsOf({ name, metadata, settings }: Connection): FlowFacts {
  return {
    title: `Device code · ${name}`,
    providerName: name,
    manner: 'device code',
    metadata,
    odd: oddFacts(settings),
  }
}
