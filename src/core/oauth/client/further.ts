import type { FurtherPart } from '@contract/connection-settings'
import type { MessageKind } from '@contract/tables/message-kinds'
import type { Failure } from '@contract/result'
import { isSecretHeader, isSecretParameter } from '../../secrecy/names.ts'
import { appendToQuery, dropFromQuery } from '../../text/query.ts'
import type { FetchOptions } from '../wire/fetch.ts'
import type { ClientKeys } from './client-keys.ts'

/** What makes a message safe, or what it is: never set manually. */
const ownParameters = new Set(
  'assertion client_assertion client_assertion_type client_id client_secret code code_challenge code_challenge_method code_verifier device_code dpop_jkt grant_type nonce refresh_token request request_uri response_mode response_type state token'.split(
    ' ',
  ),
)
/** Besides, in a request that goes through the browser. */
const ownInBrowser = new Set(['redirect_uri', 'scope'])
const ownHeaders = new Set(
  'authorization connection content-encoding content-length content-type cookie dpop expect host keep-alive te trailer transfer-encoding upgrade'.split(
    ' ',
  ),
)
const headerName = /^[!#$%&'*+.^_`|~\w-]+$/
const headerValue = /^[\t\x20-\x7e]*$/

/** Whether a text names a variable of the environment. */
export function namesVariable(text: string): boolean {
  return text.includes('{{')
}

/** Refuses what would change what makes a sign-in safe, what no message can carry, and secrets in plain text. Codes:
 *  `connection_further_reserved`, `connection_further_unsound`, `connection_further_secret`. */
export function checkFurther(parts: readonly FurtherPart[] = []): Failure | undefined {
  for (const part of parts) {
    const failed = unfit(part)
    if (failed !== undefined) return failed
  }
  return undefined
}

function unfit({ to, where, name, value }: FurtherPart): Failure | undefined {
  const inBrowser = to === 'authorization' || to === 'pushed'
  const header = where === 'header'
  const lower = name.toLowerCase()
  // In a request to an API the names of OAuth's parameters are words like any other.
  const own = to === 'api' ? false : ownParameters.has(name) || (inBrowser && ownInBrowser.has(name))
  if (header ? ownHeaders.has(lower) : own)
    return {
      code: 'connection_further_reserved',
      message: `Gatehouse sets the ${where} ${name} itself.`,
      next: 'Remove it.',
    }
  if (header && to === 'authorization')
    return {
      code: 'connection_further_unsound',
      message: 'The authorization request is sent by the browser: it can have parameters, but no headers.',
      next: 'Make it a parameter, or remove it.',
    }
  if (header && (!headerName.test(name) || !headerValue.test(value)))
    return {
      code: 'connection_further_unsound',
      message: `The header ${name.slice(0, 60)} contains characters that headers cannot carry.`,
      next: 'Remove them.',
    }
  if ((header ? isSecretHeader(lower) : isSecretParameter(lower)) && !namesVariable(value))
    return {
      code: 'connection_further_secret',
      message: `By its name, the ${where} ${name} contains a secret, which would be stored in plain text here.`,
      next: 'Put the value into a secret variable of the environment, and write {{its_name}} here.',
    }
  return undefined
}

/** Puts to a message what its connection wants it to carry besides; what is secret among it is named, so that traces can
 *  cover it. */
export function withFurther(
  kind: MessageKind,
  url: string,
  message: FetchOptions,
  { further = [] }: ClientKeys,
): { url: string; message: FetchOptions } {
  const parts = further.filter(({ to }) => to === kind)
  if (parts.length === 0) return { url, message }
  const headers = { ...message.headers }
  const parameters = parts.flatMap(({ where, name, value }): [string, string][] => {
    if (where === 'parameter') return [[name, value]]
    headers[name.toLowerCase()] = value
    return []
  })
  const secrets = parts.filter(({ secret }) => secret).map(({ value }) => value)
  const { body } = message
  if (body instanceof URLSearchParams) {
    for (const [name, value] of parameters) body.set(name, value)
    return { url, message: { ...message, headers, secrets } }
  }
  const names = new Set(parameters.map(([name]) => name))
  return {
    url: parameters.length === 0 ? url : appendToQuery(dropFromQuery(url, names), parameters),
    message: { ...message, headers, secrets },
  }
}

/** The parameters that go into the authorization request, through the browser. */
export function furtherInBrowser({ further = [] }: ClientKeys): [string, string][] {
  return further.filter(({ to }) => to === 'authorization').map(({ name, value }) => [name, value])
}
