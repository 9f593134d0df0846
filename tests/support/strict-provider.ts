import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { TLSSocket } from 'node:tls'
import { X509Certificate } from 'node:crypto'
import { exportJWK, generateKeyPair, type JWK } from 'jose'
import {
  errors,
  Provider,
  type ClientMetadata,
  type Configuration,
  type KoaContextWithOIDC,
  type ResponseType,
} from 'oidc-provider'
import { createBrowser, formsOf } from './playground-browser.ts'

const pem = (name: string) => readFileSync(new URL(`./certificates/${name}`, import.meta.url), 'utf8')

/** Certificates of tests only: the server's for 127.0.0.1, and a client's. */
export const certificates = {
  server: { certificate: pem('server.crt'), key: pem('server.key') },
  client: { certificate: pem('client.crt'), key: pem('client.key') },
}

export interface StrictOptions {
  clients: ClientMetadata[]
  /** What is demanded of every client; all of it can be had at once. */
  demand?: { pushed?: boolean; signedRequests?: boolean; nonces?: boolean }
  /** Beyond oidc-provider's own choice: `code`, `code id_token`, `id_token` and `none`. */
  responseTypes?: ResponseType[]
  /** https with client certificates (RFC 8705). */
  tls?: boolean
}

export interface StrictProvider {
  issuer: string
  api: string
  provider: Provider
  /** Token requests that came, newest last. */
  tokenRequests: { headers: IncomingMessage['headers']; parameters: Record<string, unknown> }[]
  stop: () => Promise<void>
}

const tokenExchange = 'urn:ietf:params:oauth:grant-type:token-exchange'
const jwtBearer = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

/** Grants that oidc-provider leaves to whoever runs it: each issues a token for the account that it finds. */
const addGrants = (provider: Provider, resource: string): void => {
  const add = (name: string, parameters: string[], accountOf: (ctx: KoaContextWithOIDC) => Promise<string>) =>
    provider.registerGrantType(
      name,
      async (ctx) => {
        const { client, params } = ctx.oidc
        const accountId = await accountOf(ctx)
        const grant = new provider.Grant({ accountId, clientId: client?.clientId ?? '' })
        const scope = params?.['scope'] ?? ''
        grant.addResourceScope(resource, scope)
        const token = new provider.AccessToken({
          accountId,
          client: client,
          grantId: await grant.save(),
          gty: name,
          scope,
        })
        token.resourceServer = new provider.ResourceServer(resource, {
          audience: resource,
          scope: 'read write',
          accessTokenFormat: 'jwt',
        } as never)
        const access_token = await token.save()
        ctx.body = { access_token, token_type: 'Bearer', expires_in: 60, scope }
      },
      new Set(parameters),
    )
  add('password', ['username', 'password', 'scope', 'resource'], async ({ oidc: { params } }) => {
    if (params?.['password'] !== 'right') throw new errors.InvalidGrant('wrong password')
    return String(params['username'])
  })
  add(jwtBearer, ['assertion', 'scope', 'resource'], async ({ oidc: { client, params, provider: own } }) => {
    const [, payload = ''] = String(params?.['assertion']).split('.')
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>
    if (client === undefined) throw new errors.InvalidClient('no client')
    const { asymmetricKeyStore } = client as unknown as {
      asymmetricKeyStore: { refresh: () => Promise<void> }
    }
    await asymmetricKeyStore.refresh()
    // Has no types: a name that the compiler doesn't know is not asked for them.
    const helper: string = 'oidc-provider/lib/helpers/jwt.js'
    const { verify } = await import(helper)
    await verify(params?.['assertion'], asymmetricKeyStore, { audience: own.issuer })
    if (claims['iss'] !== client.clientId) throw new errors.InvalidGrant('another issuer')
    return String(claims['sub'])
  })
  const exchanged = [
    'subject_token',
    'subject_token_type',
    'actor_token',
    'actor_token_type',
    'audience',
    'scope',
  ]
  add(tokenExchange, [...exchanged, 'resource'], async ({ oidc: { params } }) => {
    const found = await provider.AccessToken.find(String(params?.['subject_token']))
    if (found?.accountId !== undefined) return found.accountId
    const [, payload] = String(params?.['subject_token']).split('.')
    if (payload === undefined) throw new errors.InvalidGrant('the subject token is unknown')
    return String((JSON.parse(Buffer.from(payload, 'base64url').toString()) as { sub: unknown }).sub)
  })
}

const configurationOf = (
  { clients, demand = {}, tls, responseTypes }: StrictOptions,
  api: string,
  keys: JWK[],
): Configuration =>
  ({
    clients,
    ...(responseTypes === undefined ? {} : { responseTypes }),
    jwks: { keys },
    cookies: { keys: ['test-only'] },
    scopes: ['openid', 'offline_access', 'read', 'write'],
    claims: { openid: ['sub'], acr: null, auth_time: null },
    acrValues: ['urn:test:strong'],
    pkce: { required: () => true },
    enabledJWA: {
      clientAuthSigningAlgValues: ['HS256', 'RS256', 'PS256', 'ES256', 'EdDSA'],
      requestObjectSigningAlgValues: ['RS256', 'PS256', 'ES256', 'EdDSA'],
      authorizationSigningAlgValues: ['RS256', 'ES256'],
    },
    clientAuthMethods: [
      'none',
      'client_secret_basic',
      'client_secret_post',
      'client_secret_jwt',
      'private_key_jwt',
      ...(tls ? ['tls_client_auth', 'self_signed_tls_client_auth'] : []),
    ],
    findAccount: (_ctx: unknown, id: string) => ({ accountId: id, claims: () => ({ sub: id }) }),
    loadExistingGrant: async (ctx: KoaContextWithOIDC) => {
      const { oidc } = ctx
      const id = oidc.result?.consent?.grantId ?? oidc.session?.grantIdFor(oidc.client?.clientId ?? '')
      return id === undefined ? undefined : oidc.provider.Grant.find(id)
    },
    features: {
      devInteractions: { enabled: true },
      pushedAuthorizationRequests: {
        enabled: true,
        requirePushedAuthorizationRequests: demand.pushed ?? false,
      },
      requestObjects: { enabled: true, requireSignedRequestObject: demand.signedRequests ?? false },
      dPoP: { enabled: true, nonceSecret: randomBytes(32), requireNonce: () => demand.nonces ?? false },
      jwtResponseModes: { enabled: true },
      clientCredentials: { enabled: true },
      deviceFlow: { enabled: true },
      introspection: { enabled: true },
      revocation: { enabled: true },
      claimsParameter: { enabled: true },
      mTLS: tls
        ? {
            enabled: true,
            certificateBoundAccessTokens: true,
            selfSignedTlsClientAuth: true,
            tlsClientAuth: true,
            getCertificate: ({ req: { socket } }: KoaContextWithOIDC) => {
              const raw = socket instanceof TLSSocket ? socket.getPeerCertificate().raw : undefined
              return raw === undefined ? undefined : new X509Certificate(raw)
            },
            certificateAuthorized: () => true,
            certificateSubjectMatches: (_ctx: unknown, property: string, expected: string) =>
              property === 'tls_client_auth_san_dns' && expected === 'client.test',
          }
        : { enabled: false },
      richAuthorizationRequests: {
        enabled: true,
        types: {
          payment: {
            validate: (_ctx: unknown, detail: { amount?: unknown }) => {
              if (typeof detail.amount !== 'string')
                throw new errors.InvalidAuthorizationDetails('amount is missing')
            },
          },
        },
        authorizationDetailsForGrantSource: (ctx: KoaContextWithOIDC) => ctx.oidc.grant?.rar,
        authorizationDetailsForAccessToken: (_ctx: unknown, _token: unknown, source: { rar?: unknown }) =>
          source.rar,
        authorizationDetailsForIntrospection: (_ctx: unknown, token: { rar?: unknown }) => token.rar,
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: (_ctx: unknown, _client: unknown, oneOf?: string[]) => oneOf?.[0],
        useGrantedResource: () => true,
        getResourceServerInfo: (_ctx: unknown, resource: string) => {
          if (!resource.startsWith(api)) throw new errors.InvalidTarget('there is no such API here')
          return { audience: resource, scope: 'read write', accessTokenTTL: 120, accessTokenFormat: 'jwt' }
        },
      },
    },
  }) as unknown as Configuration

/** Starts oidc-provider on a free port, in its strictest configuration of what is asked for. */
export const startStrictProvider = async (options: StrictOptions): Promise<StrictProvider> => {
  let handle: (request: IncomingMessage, response: ServerResponse) => void = () => undefined
  const listener = (request: IncomingMessage, response: ServerResponse) => handle(request, response)
  const { certificate: cert, key } = certificates.server
  const secure = { cert, key, requestCert: true, rejectUnauthorized: false }
  const server = options.tls ? createSecureServer(secure, listener) : createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const issuer = `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}`
  const api = `${issuer}/api`
  const keys = await Promise.all(
    ['RS256', 'ES256'].map(async (alg) => {
      const pair = await generateKeyPair(alg, { extractable: true })
      return { ...(await exportJWK(pair.privateKey)), alg, use: 'sig', kid: alg }
    }),
  )
  const provider = new Provider(issuer, configurationOf(options, api, keys))
  addGrants(provider, api)
  const tokenRequests: StrictProvider['tokenRequests'] = []
  provider.use(async (ctx, next) => {
    await next()
    const { oidc } = ctx as Partial<KoaContextWithOIDC>
    if (oidc?.route === 'token')
      tokenRequests.push({ headers: ctx.req.headers, parameters: { ...oidc.params } })
  })
  const answer = provider.callback()
  handle = (request, response) => void answer(request, response)
  return {
    issuer,
    api,
    provider,
    tokenRequests,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

/** What a person does at the provider's own pages: the redirect at the end, not followed. A posted answer comes
 *  with its form. */
export const signInAtStrict = async (
  url: string,
  login = 'alice',
): Promise<{ redirect: string; form: [string, string][] | undefined }> => {
  const browser = createBrowser()
  let page = await browser.open(url)
  for (let step = 0; step < 4 && page.text.includes('name="prompt"'); step += 1) {
    const asks = page.text.includes('name="login"')
    const [form] = formsOf(page)
    page = await browser.submit(page, form?.action ?? '', asks ? { login, password: 'any' } : {})
  }
  if (page.text !== '' && !formsOf(page).some(({ action }) => action === page.url))
    throw new Error(`the sign-in stopped at ${page.url}: ${page.text.replace(/<[^>]*>/g, ' ').slice(0, 500)}`)
  return { redirect: page.url, form: formsOf(page)[0]?.fields }
}

/** Enters a user code at the provider's page and allows or denies it. */
export const useDeviceCode = async (url: string, decision: 'allow' | 'abort' = 'allow'): Promise<string> => {
  const browser = createBrowser()
  let page = await browser.open(url)
  for (let step = 0; step < 6 && page.text.includes('<form'); step += 1) {
    const [form] = formsOf(page)
    const asks = page.text.includes('name="login"')
    const confirms = page.text.includes('name="confirm"')
    page = await browser.submit(
      page,
      form?.action ?? '',
      asks ? { login: 'alice', password: 'any' } : {},
      confirms && decision === 'abort' ? ['abort', 'yes'] : undefined,
    )
  }
  return page.text
}
