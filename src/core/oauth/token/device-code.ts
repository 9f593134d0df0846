import { defined } from '@contract/defined'
import { fail, ok, type Result } from '@contract/result'
import { prepareClient, prepareClientAt } from '../client/client.ts'
import { distrustOf } from './distrust.ts'
import { checkEndpointUrl } from '../wire/endpoint-url.ts'
import { askedOfTokenEndpoint } from './grants.ts'
import { providerText } from '../wire/provider-text.ts'
import { unprepared } from './token-failure.ts'
import { checkGranted, grantedTokens, judged, type TokenRequestContext } from './granted.ts'
import { askTokenEndpoint, type GrantedTokens, type TokenResult } from './token-request.ts'

/** What a device sign-in must remember until it ends; to be sealed by whoever keeps it. */
export interface DeviceSecrets {
  deviceCode: string
  userCode: string
  /** https, or loopback: checked before it is shown or opened. */
  verificationUri: string
  verificationUriComplete?: string
  /** Between two polls, in seconds (RFC 8628 section 3.5). */
  intervalSeconds: number
  scopeAsked: string
  resource?: string
}

/** A code that waits to be used; its life in seconds. */
export interface DeviceCode {
  secrets: DeviceSecrets
  expiresInSeconds: number
}

/** Longest life and longest interval that are believed, in seconds. */
const longest = { life: 3_600, interval: 300 }

type Context = Omit<TokenRequestContext, 'judgeIdToken'>

/** Asks for a device code (RFC 8628 section 3.1). Codes: `device_no_endpoint`, `device_answer`, `token_*`,
 *  `connection_*`, `endpoint_*`. */
export async function requestDeviceCode(context: Context): Promise<Result<DeviceCode>> {
  const { connection } = context
  const { device_authorization_endpoint: endpoint } = connection.metadata
  if (endpoint === undefined) {
    return fail(
      'device_no_endpoint',
      'The provider names no device authorization endpoint.',
      'Use the browser, or ask whoever runs the provider to allow device codes.',
    )
  }
  const prepared = await prepareClientAt(endpoint, 'device authorization endpoint', context)
  if (!prepared.ok) return prepared
  const { library, server, client, authenticate } = prepared.value
  const asked = await askTokenEndpoint(
    (customFetch) =>
      library.deviceAuthorizationRequest(
        server,
        client,
        authenticate,
        new URLSearchParams(askedOfTokenEndpoint(connection)),
        {
          [library.customFetch]: customFetch,
          [library.allowInsecureRequests]: true,
          signal: context.signal,
        },
      ),
    // RFC 9449 binds at the token endpoint; this one takes no proof.
    { ...context, keys: { ...context.keys, dpop: undefined }, kind: 'device' },
  )
  if (!asked.ok) return asked
  try {
    const answer = await library.processDeviceAuthorizationResponse(server, client, asked.value.response)
    return readAnswer(answer, context)
  } catch (thrown) {
    const error = distrustOf(thrown)
    if (error === undefined) throw thrown
    return fail(
      'device_answer',
      'The provider’s answer is no device code (RFC 8628 section 3.2).',
      error.message,
    )
  }
}

/** Asks once whether the code was used (RFC 8628 section 3.4). A failure of the network is `token_network_*` and
 *  no end: the next poll may come through. Codes: `device_expired`, `device_denied`, `token_*`, `id_token_*`. */
export async function pollDeviceCode(
  secrets: DeviceSecrets,
  context: TokenRequestContext,
): Promise<TokenResult<DevicePoll>> {
  const prepared = await prepareClient(context.connection, context.clientSecret, context.keys)
  if (!prepared.ok) return { ok: false, error: unprepared(prepared.error) }
  const { library, server, client, authenticate } = prepared.value
  try {
    const asked = await askTokenEndpoint(
      (customFetch) =>
        library.deviceCodeGrantRequest(server, client, authenticate, secrets.deviceCode, {
          [library.customFetch]: customFetch,
          [library.allowInsecureRequests]: true,
          signal: context.signal,
          ...(secrets.resource ? { additionalParameters: { resource: secrets.resource } } : {}),
        }),
      { ...context, kind: 'device' },
    )
    if (!asked.ok) {
      const { providerError } = asked.error
      if (providerError === 'authorization_pending') return waiting(false)
      if (providerError === 'slow_down') return waiting(true)
      if (providerError === 'expired_token') return expiredCode
      if (providerError === 'access_denied') return deniedCode
      return asked
    }
    const { response, notes, receivedAt } = asked.value
    const answer = await library.processDeviceCodeResponse(server, client, response)
    const checked = checkGranted(grantedTokens(library, answer, receivedAt, notes), context)
    const granted = checked.ok ? await judged(checked.value, context.judgeIdToken) : checked
    return granted.ok ? { ok: true, value: { state: 'granted', granted: granted.value } } : granted
  } catch (thrown) {
    const error = distrustOf(thrown)
    if (error === undefined) throw thrown
    return { ok: false, error }
  }
}

/** One poll's outcome: tokens, or how long to wait before the next one. */
export type DevicePoll =
  | { state: 'granted'; granted: GrantedTokens }
  /** Nobody has answered yet; `slower` where the interval is to grow by five seconds. */
  | { state: 'waiting'; slower: boolean }

function readAnswer(
  answer: {
    device_code: string
    user_code: string
    verification_uri: string
    verification_uri_complete?: string
    expires_in: number
    interval?: number
  },
  { connection }: Context,
): Result<DeviceCode> {
  const { allowInsecure, scope, resource } = connection
  const page = checkEndpointUrl(answer.verification_uri, { allowInsecure, name: 'address to sign in at' })
  if (!page.ok) return page
  const complete = checkEndpointUrl(answer.verification_uri_complete, { allowInsecure })
  const userCode = providerText(answer.user_code, 64)
  if (userCode === undefined) {
    return fail(
      'device_answer',
      'The provider’s user code can not be shown.',
      'Tell whoever runs the provider.',
    )
  }
  return ok({
    expiresInSeconds: Math.min(answer.expires_in, longest.life),
    secrets: {
      deviceCode: answer.device_code,
      userCode,
      verificationUri: page.value,
      ...(complete.ok ? { verificationUriComplete: complete.value } : {}),
      intervalSeconds: Math.min(answer.interval ?? 5, longest.interval),
      scopeAsked: scope,
      ...defined({ resource }),
    },
  })
}

function waiting(slower: boolean): TokenResult<DevicePoll> {
  return {
    ok: true,
    value: { state: 'waiting', slower },
  }
}

function ended(code: string, message: string, next: string): TokenResult<never> {
  return {
    ok: false,
    error: { code, message, next, remedy: 'sign-in-again' },
  }
}
const expiredCode = ended(
  'device_expired',
  'Nobody entered the code before it ran out.',
  'Ask for a new code.',
)
const deniedCode = ended(
  'device_denied',
  'The sign-in was refused at the provider’s page.',
  'Ask for a new code, and allow the access there.',
)
