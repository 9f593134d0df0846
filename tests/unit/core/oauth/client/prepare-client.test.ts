import { describe, expect, it } from 'vitest'
import type { ConnectionSettings } from '../../../../../src/core/contract/connection-settings.ts'
import { prepareClient, prepareClientAt } from '../../../../../src/core/oauth/client/client.ts'
import { endSessionUrl, libraryFault } from '../../../../../src/core/oauth/client/library-call.ts'
import { requestTokens } from '../../../../../src/core/oauth/token/direct-grants.ts'
import type { Connection } from '../../../../../src/core/records/model.ts'
import { believe, connection, fakeFetch, issuer } from '../fake.ts'

const token = { body: { access_token: 'a', token_type: 'Bearer', expires_in: 60 } }

/** How a token request of this connection leaves. */
const sendWith = async (
  clientAuthentication: Connection['clientAuthentication'],
  secretPlacement?: ConnectionSettings['secretPlacement'],
  clientSecret = 's+e c',
) => {
  const settings: ConnectionSettings = secretPlacement === undefined ? {} : { secretPlacement }
  const to = connection({ clientAuthentication, settings, scope: '', clientId: 'client:1é' })
  const fetch = fakeFetch({ [`${issuer}/token`]: token })
  const context = { connection: to, clientSecret, fetch, now: () => 0, judgeIdToken: believe }
  await requestTokens({ grant: 'client_credentials' }, context)
  const [{ url, options, form } = {}] = fetch.sent
  return {
    url,
    authorization: options?.headers?.['authorization'],
    form: Object.fromEntries(form ?? []),
  }
}
const utf8 = (text: string) => Buffer.from(text).toString('base64')
const grant = { grant_type: 'client_credentials' }

describe('where a client secret goes', () => {
  it('is the header, form-encoded (RFC 6749 section 2.3.1)', async () => {
    expect(await sendWith('client_secret_basic')).toEqual({
      url: `${issuer}/token`,
      authorization: `Basic ${utf8('client%3A1%C3%A9:s%2Be+c')}`,
      form: grant,
    })
  })

  it.each(['client_secret_basic', 'client_secret_post'] as const)('may be another place: %s', async (way) => {
    const body = { client_id: 'client:1é', client_secret: 's+e c' }
    expect(await sendWith(way, 'basic_raw')).toEqual({
      url: `${issuer}/token`,
      authorization: `Basic ${utf8('client:1é:s+e c')}`,
      form: grant,
    })
    expect(await sendWith(way, 'basic_and_body')).toEqual({
      url: `${issuer}/token`,
      authorization: `Basic ${utf8('client%3A1%C3%A9:s%2Be+c')}`,
      form: { ...grant, ...body },
    })
    expect(await sendWith(way, 'query')).toEqual({
      url: `${issuer}/token?client_id=client%3A1%C3%A9&client_secret=s%2Be%20c`,
      authorization: undefined,
      form: grant,
    })
  })

  it('is never the query for a client that has none', async () => {
    const { url, form } = await sendWith('none', 'query')
    expect([url, form]).toEqual([`${issuer}/token`, { ...grant, client_id: 'client:1é' }])
  })
})

describe('prepareClient', () => {
  const at = (change: Partial<Connection> = {}) => prepareClient(connection(change), undefined)

  it('needs a token endpoint that is safe to ask', async () => {
    expect(await at({ metadata: { issuer } })).toMatchObject({
      error: { code: 'connection_no_token_endpoint' },
    })
    const insecure = { metadata: { issuer, token_endpoint: 'http://as.example/token' } }
    expect(await at(insecure)).toMatchObject({ error: { code: 'endpoint_insecure' } })
    expect(await at(insecure)).toMatchObject({
      error: { message: expect.stringMatching(/^The token endpoint /) },
    })
    expect(await at({ ...insecure, allowInsecure: true })).toMatchObject({ ok: true })
  })

  it('asks for the credentials that are missing', async () => {
    expect(await at({ clientAuthentication: 'client_secret_basic' })).toMatchObject({
      error: { code: 'connection_no_secret' },
    })
  })

  it('gives the library the client and its server', async () => {
    const prepared = await at()
    if (!prepared.ok) throw new Error(prepared.error.code)
    const { client, server, secretInQuery, library } = prepared.value
    expect(client).toEqual({
      client_id: 'client-1',
      use_mtls_endpoint_aliases: false,
      [library.clockTolerance]: 30,
    })
    expect(server).toMatchObject({ issuer, token_endpoint: `${issuer}/token`, mtls_endpoint_aliases: {} })
    expect(secretInQuery).toBe(false)
  })

  it('can be made for another endpoint, which is judged first', async () => {
    const context = {
      connection: connection({ clientAuthentication: 'client_secret_basic' }),
      clientSecret: 's',
    }
    expect(await prepareClientAt(`${issuer}/other`, 'other endpoint', context)).toMatchObject({ ok: true })
    expect(await prepareClientAt('http://as.example/', 'other endpoint', context)).toMatchObject({
      error: { code: 'endpoint_insecure', message: expect.stringMatching(/^The other endpoint /) },
    })
    const plain = { connection: connection({ allowInsecure: true }) }
    expect(await prepareClientAt('http://as.example/', 'other endpoint', plain)).toMatchObject({ ok: true })
  })
})

describe('libraryFault', () => {
  const coded = (code: unknown, cause?: unknown) => Object.assign(new Error('m', { cause }), { code })
  const wrapped = (depth: number, inner: unknown): unknown =>
    depth === 0 ? inner : new Error('around it', { cause: wrapped(depth - 1, inner) })

  it('is where the fault began', () => {
    const inner = coded('OAUTH_INVALID_RESPONSE')
    expect(libraryFault(coded('OAUTH_PARSE_ERROR', wrapped(2, inner)))).toBe(inner)
    expect(libraryFault(wrapped(4, inner))).toBe(inner)
    expect(libraryFault(wrapped(5, inner))).toBeUndefined()
  })

  it('is none of anything else', () => {
    for (const thrown of [
      coded('ECONNRESET'),
      coded(7),
      coded('MY_OAUTH_'),
      new Error('m'),
      'text',
      undefined,
    ])
      expect(libraryFault(thrown)).toBeUndefined()
    expect(libraryFault({ code: 'OAUTH_INVALID_RESPONSE', message: 'm' })).toBeUndefined()
  })
})

describe('endSessionUrl', () => {
  it('keeps the query of the endpoint but for names of its own, and drops its fragment', async () => {
    const url = await endSessionUrl(connection(), 'https://as.example/out?a=%2f&state=old#x', { state: 's' })
    expect(url).toBe('https://as.example/out?a=%2f&state=s&client_id=client-1')
  })
})
