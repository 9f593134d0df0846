import { defined } from '@contract/defined'
import { fail, ok, type Result } from '@contract/result'
import { wantedAcr } from '../authorization/request-settings.ts'
import { prepareClientAt } from '../client/client.ts'
import { checkEndpointUrl } from '../wire/endpoint-url.ts'
import { providerText } from '../wire/provider-text.ts'
import { softenDeviceAnswer } from './device-answer.ts'
import { askedOfTokenEndpoint } from './direct-grants.ts'
import type { TokenRequestContext } from './granted.ts'
import { deviceGrant } from './grants/device.ts'
import { runGrant } from './run-grant.ts'
import { askLibrary, type GrantedTokens, type TokenResult } from './token-request.ts'

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
  /** Oddities of the response that brought the code, in plain words. */
  notes?: string[]
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
      'The provider has no device authorization endpoint.',
      'Use the browser, or ask the provider’s operator to allow device codes.',
    )
  }
  const prepared = await prepareClientAt(endpoint, 'device authorization endpoint', context)
  if (!prepared.ok) return prepared
  const { fetch, now, keys, signal } = context
  const asked = await askLibrary(
    prepared.value,
    ({ openid, configuration }) =>
      openid.initiateDeviceAuthorization(configuration, askedOfTokenEndpoint(connection)),
    // RFC 9449 binds at the token endpoint; this one takes no proof.
    {
      fetch,
      now,
      kind: 'device',
      soften: softenDeviceAnswer,
      needed: ['device_code', 'user_code', 'verification_uri', 'expires_in'],
      keys: { ...keys, dpop: undefined },
      ...defined({ signal }),
    },
  )
  if (asked.ok) return readAnswer(asked.value.value, asked.value.answer.notes, context)
  if (asked.error.remedy !== 'distrust-answer') return asked
  return fail(
    'device_answer',
    'The provider’s response is not a device code (RFC 8628 section 3.2).',
    asked.error.message,
  )
}

/** Asks once whether the code was used (RFC 8628 section 3.4). A failure of the network is `token_network_*` and
 *  no end: the next poll may come through. Codes: `device_expired`, `device_denied`, those of `runGrant`. */
export async function pollDeviceCode(
  secrets: DeviceSecrets,
  context: TokenRequestContext,
): Promise<TokenResult<DevicePoll>> {
  const granted = await runGrant(deviceGrant(secrets, wantedAcr(context.connection.settings)), context)
  if (granted.ok) {
    const { notes = [] } = secrets
    const { value } = granted
    return { ok: true, value: { state: 'granted', granted: { ...value, notes: [...notes, ...value.notes] } } }
  }
  switch (granted.error.providerError) {
    case 'authorization_pending':
      return waiting(false)
    case 'slow_down':
      return waiting(true)
    case 'expired_token':
      return expiredCode
    case 'access_denied':
      return deniedCode
    default:
      return granted
  }
}

/** One poll's outcome: tokens, or how long to wait before the next one. */
export type DevicePoll =
  | { state: 'granted'; granted: GrantedTokens }
  /** No one has answered yet; `slower` where the interval is to grow by five seconds. */
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
  notes: string[],
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
      'The provider’s user code cannot be displayed.',
      'Tell the provider’s operator.',
    )
  }
  return ok({
    expiresInSeconds: Math.min(answer.expires_in, longest.life),
    secrets: {
      deviceCode: answer.device_code,
      userCode,
      verificationUri: page.value,
      ...defined({ verificationUriComplete: complete.ok ? complete.value : undefined }),
      intervalSeconds: Math.min(answer.interval ?? 5, longest.interval),
      scopeAsked: scope,
      ...defined({ resource, notes: notes.length === 0 ? undefined : notes }),
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
  'No one entered the code before it expired.',
  'Ask for a new code.',
)
const deniedCode = ended(
  'device_denied',
  'The sign-in was denied on the provider’s page.',
  'Ask for a new code, and allow access there.',
)
