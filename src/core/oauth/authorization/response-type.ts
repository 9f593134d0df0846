import type { ConnectionSettings, ResponseMode } from '@contract/connection-settings'
import { responseModeTable } from '@contract/tables/response-modes'
import type { Failure } from '@contract/result'

/** What an authorization response has to bring. */
export interface ResponseParts {
  code: boolean
  idToken: boolean
  accessToken: boolean
}

/** The parts that a response type names (OAuth 2.0 Multiple Response Type Encoding Practices sections 3 to 5). */
export function partsOf(responseType: string): ResponseParts {
  const names = responseType.split(' ')
  return {
    code: names.includes('code'),
    idToken: names.includes('id_token'),
    accessToken: names.includes('token'),
  }
}

/** Where the response comes: as the settings say, else in the query, or, with tokens in it, in the fragment, since the
 *  query is forbidden to them (section 5). */
export function responseModeOf({ responseMode, responseType }: ConnectionSettings): ResponseMode {
  return responseMode ?? (responseType === undefined ? 'query' : 'fragment')
}

/** Settings that do not go together with tokens in the browser's answer. Codes: `connection_response_mode`,
 *  `connection_dpop_without_code`. */
export function responseTypeUnfit(settings: ConnectionSettings): Failure | undefined {
  const { responseType, dpop } = settings
  if (responseType === undefined) return undefined
  const mode = responseModeOf(settings)
  if (!responseModeTable[mode].tokens) {
    return {
      code: 'connection_response_mode',
      message: `A response of the type “${responseType}” must not be in the query, where histories and logs keep it (OAuth 2.0 Multiple Response Types section 5), and Gatehouse does not support a signed one.`,
      next: 'Choose the fragment with the custom scheme, or the form post with loopback.',
    }
  }
  if (dpop === true && !partsOf(responseType).code) {
    return {
      code: 'connection_dpop_without_code',
      message: 'A token that comes through the browser cannot be bound to a key (DPoP).',
      next: 'Choose a response type with a code, or turn “Bind tokens to a key (DPoP)” off.',
    }
  }
  return undefined
}
