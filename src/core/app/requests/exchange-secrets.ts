import type { ExchangeView } from '@contract/requests'
import { firstText } from '../../http/body-text.ts'
import { textSent } from '../../http/request-body.ts'
import { variableSecrets } from '../../http/variables.ts'
import type { HttpAnswer, WireRequest } from '../../http/wire.ts'
import { secretsAnswered, secretsSent } from '../../secrecy/carried.ts'
import { namesFor } from '../../secrecy/mask.ts'
import { findNamed } from '../../secrecy/named-values.ts'
import { isSecretName } from '../../secrecy/names.ts'
import { shortestWhole, type KnownSecret } from '../../secrecy/scrub.ts'

/** What a request is sent with and must not be kept. */
export interface RequestSecrets {
  secrets: KnownSecret[]
  /** Values too short to be looked for, by the names that they were sent with: a CVV, a PIN. */
  short: Map<string, string>
}

/** The secrets of a request: variables, which are shown by their names, what its address, headers and body carry, and
 *  what is `given`: fields that are secret by their names, and auth. */
export function knownSecrets(
  request: WireRequest,
  variables: ReadonlyMap<string, string>,
  given: readonly string[],
): RequestSecrets {
  const { url, headers } = request
  const body = textSent(request)
  const sent = secretsSent({ url, headers, body }, namesFor(body))
  const named = [url, body, ...headers.map(([name, value]) => `${name}: ${value}`)].flatMap((text) =>
    findNamed(text, isSecretName).map(({ name, start, end }): [string, string] => [
      name,
      text.slice(start, end),
    ]),
  )
  return {
    secrets: [...variableSecrets(variables), ...[...sent, ...given].map((value) => ({ value }))],
    short: new Map(named.filter(([, value]) => value.length < shortestWhole)),
  }
}

/** The tokens, cookies and codes that a response hands out. */
export function secretsHandedOut({
  headers,
  body,
  contentType,
}: Pick<HttpAnswer, 'headers' | 'body' | 'contentType'>): string[] {
  return secretsAnswered(headers, firstText(body, contentType) ?? '')
}

/** Says that something is covered, where a response handed something out. */
export function tokensCovered(
  { notes = [] }: Pick<ExchangeView, 'notes'>,
  handedOut: readonly string[],
): Pick<ExchangeView, 'notes'> {
  return handedOut.length === 0
    ? {}
    : {
        notes: [
          ...notes,
          'The response contains tokens, codes or cookies. They are masked, and the history does not keep them.',
        ],
      }
}
