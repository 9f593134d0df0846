import type { ClientAuth, Configuration, CustomFetch, ServerMetadata } from 'openid-client'
import { defined } from '@contract/defined'
import { responseModeTable } from '@contract/tables/response-modes'
import type { Connection } from '../../records/model.ts'
import type { SignInSecrets } from '../authorization/authorization-request.ts'
import { loadOpenid } from './library-call.ts'

/** What an ordinary client is shown: the messages of one grant as they came. */
export interface StockMessages {
  connection: Pick<Connection, 'metadata' | 'metadataSource' | 'clientId'>
  /** The redirect of a sign-in with what was sent for it, or the grant of one without a browser here; `null` for a refresh. */
  signIn: { redirect: string; secrets: SignInSecrets } | { grantType: string } | null
  /** The newest token response. */
  token?: Response
  keys?: Response
  /** The device authorization response (RFC 8628 section 3.2). */
  device?: Response
}

/** RFC 8628 section 3.4. */
export const deviceGrantType = 'urn:ietf:params:oauth:grant-type:device_code'

/** `strict` also checks signatures and wants the ID token that was asked for; `default` is what the library does by
 *  itself. */
const stockSettings = ['strict', 'default'] as const

/** What an ordinary client makes of the messages. */
export interface StockVerdict {
  settings: (typeof stockSettings)[number]
  accepted: boolean
  /** Its error, in its own words. */
  error?: string
}

type Openid = Awaited<ReturnType<typeof loadOpenid>>

/** What openid-client as anyone would use it makes of recorded messages: nothing is sent, each of its requests is given
 *  what was recorded. Its words are for programmers, and are quoted as such. `undefined` where there is no ordinary way to
 *  use it for this grant, or a message that it wants was not recorded. */
export async function stockVerdicts(messages: StockMessages): Promise<StockVerdict[] | undefined> {
  const openid = await loadOpenid()
  const verdicts: StockVerdict[] = []
  for (const settings of stockSettings) {
    const verdict = await verdictOf(openid, messages, settings)
    if (verdict === undefined) return undefined
    verdicts.push({ settings, ...verdict })
  }
  return verdicts
}

async function verdictOf(
  openid: Openid,
  messages: StockMessages,
  settings: StockVerdict['settings'],
): Promise<Omit<StockVerdict, 'settings'> | undefined> {
  const missed: string[] = []
  const answer: CustomFetch = async (url) => {
    const recorded = recordedFor(url, messages)
    if (recorded === undefined) {
      missed.push(url)
      throw new Error('not recorded')
    }
    return recorded
  }
  try {
    const configuration = await configure(openid, messages, settings, answer)
    if (configuration === undefined) return undefined
    await run(openid, configuration, messages, settings)
    return { accepted: true }
  } catch (thrown) {
    return missed.length > 0 ? undefined : { accepted: false, error: inItsWords(thrown) }
  }
}

function recordedFor(url: string, { connection, token, keys, device }: StockMessages): Response | undefined {
  const { metadata } = connection
  const address = url.split(/[?#]/, 1)[0]
  if (address === metadata.jwks_uri?.split(/[?#]/, 1)[0]) return keys?.clone()
  if (address === metadata.token_endpoint?.split(/[?#]/, 1)[0]) return token?.clone()
  if (address === textOf(metadata['device_authorization_endpoint']).split(/[?#]/, 1)[0])
    return device?.clone()
  if (!url.includes('/.well-known/')) return undefined
  return new Response(JSON.stringify(metadata), {
    status: 200,
    headers: [['content-type', 'application/json']],
  })
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** As a program does at its start: by discovery, or entered manually where there is none. */
async function configure(
  openid: Openid,
  { connection, signIn }: StockMessages,
  settings: StockVerdict['settings'],
  answer: CustomFetch,
): Promise<Configuration | undefined> {
  const { metadata, metadataSource, clientId } = connection
  // Plain http to this computer is allowed, as everyone does who tries things out.
  const isHttp = metadata.issuer.startsWith('http:') || metadata.token_endpoint?.startsWith('http:') === true
  const execute = [
    ...(isHttp ? [openid.allowInsecureRequests] : []),
    ...(settings === 'strict' ? [openid.enableNonRepudiationChecks] : []),
    ...mannerOf(openid, secretsOf(signIn)),
  ]
  const { responseType = 'code' } = secretsOf(signIn) ?? {}
  if (responseType !== 'code' && responseType !== 'code id_token') return undefined
  // Nothing is sent, so that nothing has to be proven.
  const authentication: ClientAuth = openid.None()
  if (metadataSource === 'discovery')
    return openid.discovery(new URL(metadata.issuer), clientId, undefined, authentication, {
      execute,
      [openid.customFetch]: answer,
    })
  const configuration = new openid.Configuration(
    metadata as ServerMetadata,
    clientId,
    undefined,
    authentication,
  )
  configuration[openid.customFetch] = answer
  for (const extend of execute) extend(configuration)
  return configuration
}

function secretsOf(signIn: StockMessages['signIn']): SignInSecrets | undefined {
  return signIn !== null && 'secrets' in signIn ? signIn.secrets : undefined
}

function mannerOf(openid: Openid, secrets: SignInSecrets | undefined) {
  if (secrets === undefined) return []
  return [
    ...(responseModeTable[secrets.responseMode ?? 'query'].signed ? [openid.useJwtResponseMode] : []),
    ...(secrets.responseType === 'code id_token' ? [openid.useCodeIdTokenResponseType] : []),
  ]
}

async function run(
  openid: Openid,
  configuration: Configuration,
  { signIn, device, token }: StockMessages,
  settings: StockVerdict['settings'],
): Promise<void> {
  // What it would send reaches no one.
  if (signIn === null) {
    await openid.refreshTokenGrant(configuration, 'recorded')
    return
  }
  if ('grantType' in signIn) {
    const { grantType } = signIn
    if (device !== undefined) await openid.initiateDeviceAuthorization(configuration, {})
    // Its own way to poll would wait first; what it makes of the response is the same.
    if (device === undefined || token !== undefined)
      await openid.genericGrantRequest(configuration, grantType, {})
    return
  }
  const { redirect, secrets } = signIn
  const { nonce, state, codeVerifier, scopeAsked, maxAgeSeconds } = secrets
  const asksIdToken = scopeAsked.split(' ').includes('openid')
  await openid.authorizationCodeGrant(configuration, new URL(redirect), {
    pkceCodeVerifier: codeVerifier,
    expectedState: state,
    ...defined({
      expectedNonce: asksIdToken ? nonce : undefined,
      maxAge: maxAgeSeconds,
      idTokenExpected: settings === 'strict' && asksIdToken ? true : undefined,
    }),
  })
}

/** Characters of an error that are kept. */
const longest = 400

function inItsWords(thrown: unknown): string {
  const said: string[] = []
  let code: string | undefined
  let current = thrown
  for (let depth = 0; depth < 4 && current instanceof Error; depth += 1) {
    if (!said.includes(current.message)) said.push(current.message)
    if ('code' in current && typeof current.code === 'string') code ??= current.code
    if ('error' in current && typeof current.error === 'string') said.push(current.error)
    if ('error_description' in current && typeof current.error_description === 'string')
      said.push(current.error_description)
    current = current.cause
  }
  const words = said
    .join(': ')
    .slice(0, 2 * longest)
    .replace(/[\s\p{C}]+/gu, ' ')
  return `${words.slice(0, longest)}${code === undefined ? '' : ` (${code.slice(0, 60)})`}`
}
