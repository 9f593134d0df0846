import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ConnectionSettings } from '../../../src/core/contract/connection-settings.ts'
import type { ConnectionDraft } from '../../../src/core/contract/connections.ts'
import { keysOf } from '../../../src/core/contract/tables/keys-of.ts'
import { messageKindTable } from '../../../src/core/contract/tables/message-kinds.ts'
import { metadataOf } from '../../support/odd-provider.ts'
import { openOddBench, value, type OddBench } from '../../support/odd-workbench.ts'
import { scanForSecrets } from '../../support/scan.ts'

let odd: OddBench
beforeEach(async () => {
  odd = await openOddBench()
})
afterEach(() => odd.close())

const connect = (settings: ConnectionSettings, change: Partial<ConnectionDraft> = {}) =>
  odd.connect({ settings, ...change })
const answer = (body: Record<string, unknown> | string) => {
  odd.odd.answers['/token'] = () =>
    typeof body === 'string'
      ? { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body }
      : { body }
}
const tokenOf = (accountId: string) => value(odd.bench.app.tokens.reveal({ accountId, kind: 'access' })).text
const newestFlow = () =>
  value(odd.bench.app.flows.get(value(odd.bench.app.flows.list({ limit: 1 }))[0]?.id ?? ''))

describe('token answers, refused as they come and taken by the user’s choice', () => {
  it.each<[string, Record<string, unknown> | string, ConnectionSettings, string]>([
    [
      'form-encoded',
      'access_token=t-1&token_type=bearer&scope=read&expires_in=60',
      { formTokenAnswer: true },
      't-1',
    ],
    ['without a type', { access_token: 't-2' }, { sendAsBearer: true }, 't-2'],
    [
      'of a type of its own',
      { access_token: 't-3', token_type: 'BearerToken' },
      { sendAsBearer: true },
      't-3',
    ],
    [
      'nested',
      { ok: true, authed_user: { access_token: 't-4', token_type: 'user' } },
      { accessTokenAt: '/authed_user/access_token', sendAsBearer: true },
      't-4',
    ],
    [
      'under other names',
      { data: { token: 't-5', life: '90', more: ['r-5'] }, token_type: 'Bearer' },
      { accessTokenAt: '/data/token', expiresInAt: '/data/life', refreshTokenAt: '/data/more/0' },
      't-5',
    ],
  ])('%s', async (_what, body, settings, token) => {
    answer(body)
    expect(await odd.signIn(await connect({}))).toMatchObject({ ok: false })
    const { accountId } = value(await odd.signIn(await connect(settings)))
    expect(tokenOf(accountId)).toBe(token)
    const { lineage } = await odd.account(accountId)
    expect(lineage[0]?.changes.filter((each) => each.startsWith('non-standard: ')).length).toBeGreaterThan(0)
    expect(newestFlow().messages.map(({ title }) => title)).toContain('Set for a non-standard provider')
  })

  it('finds life and refresh token where they are', async () => {
    answer({ data: { token: 't-5', life: '90', more: ['r-5'] }, token_type: 'Bearer' })
    const at = { accessTokenAt: '/data/token', expiresInAt: '/data/life', refreshTokenAt: '/data/more/0' }
    const { accountId } = value(await odd.signIn(await connect(at)))
    const { hasRefreshToken, life } = await odd.account(accountId)
    expect(hasRefreshToken).toBe(true)
    expect((life.expiresAt ?? 0) - (life.issuedAt ?? 0)).toBe(90_000)
  })

  it.each<[string, () => Record<string, unknown>, ConnectionSettings, number | undefined]>([
    ['milliseconds', () => ({ expires_in: 90_000 }), { lifeAs: 'milliseconds' }, 90],
    [
      'a time in seconds',
      () => ({ expires_at: Math.floor(Date.now() / 1000) + 900 }),
      { lifeAs: 'time' },
      900,
    ],
    ['a time in milliseconds', () => ({ expires: Date.now() + 900_000 }), { lifeAs: 'time' }, 900],
    ['a date', () => ({ expires_at: new Date(Date.now() + 900_000).toISOString() }), { lifeAs: 'time' }, 900],
    ['a time, not asked for', () => ({ expires_at: Math.floor(Date.now() / 1000) + 900 }), {}, undefined],
    ['an extended life alone', () => ({ ext_expires_in: 900 }), {}, undefined],
  ])('reads a life given as %s', async (_what, lifeNow, settings, seconds) => {
    // Counted from now: the machine may have been busy since the tests were listed.
    const life = lifeNow()
    answer({ access_token: 't', token_type: 'Bearer', ...life })
    const { accountId } = value(await odd.signIn(await connect(settings)))
    const account = await odd.account(accountId)
    const { expiresAt, issuedAt } = account.life
    if (seconds === undefined) {
      expect(expiresAt).toBeUndefined()
      expect(account.lineage[0]?.changes.join(' ')).toContain(Object.keys(life)[0])
    } else expect(Math.abs((expiresAt ?? 0) - (issuedAt ?? 0) - seconds * 1000)).toBeLessThan(20_000)
  })

  it('does not take a DPoP token for a Bearer token', async () => {
    answer({ access_token: 't', token_type: 'DPoP' })
    expect(await odd.signIn(await connect({ sendAsBearer: true }))).toMatchObject({
      error: { code: 'token_type_unexpected' },
    })
  })
})

describe('the client secret', () => {
  const secret = 's3cret+/: 0123456789'
  const sent = async (secretPlacement: ConnectionSettings['secretPlacement']) => {
    value(
      await odd.signIn(
        await connect(
          { ...(secretPlacement && { secretPlacement }) },
          {
            clientAuthentication: 'client_secret_basic',
            clientSecret: secret,
          },
        ),
      ),
    )
    const [request] = odd.odd.at('/token')
    const basic = Buffer.from(request?.headers.authorization?.slice(6) ?? '', 'base64').toString()
    return { basic, form: request?.form, query: request?.query, url: request?.url }
  }
  it('goes form-encoded into Basic by default', async () => {
    expect((await sent(undefined)).basic).toBe('odd-client:s3cret%2B%2F%3A+0123456789')
  })
  it('goes raw into Basic', async () => {
    const { basic, form } = await sent('basic_raw')
    expect(basic).toBe(`odd-client:${secret}`)
    expect(form?.has('client_secret')).toBe(false)
  })
  it('goes into both places', async () => {
    const { basic, form } = await sent('basic_and_body')
    expect(basic).toMatch(/^odd-client:/)
    expect([form?.get('client_id'), form?.get('client_secret')]).toEqual(['odd-client', secret])
  })
  it('goes into the query, and nowhere into the trace', async () => {
    const { basic, form, query } = await sent('query')
    expect([basic, form?.has('client_secret'), form?.has('client_id')]).toEqual(['', false, false])
    expect([query?.get('client_id'), query?.get('client_secret')]).toEqual(['odd-client', secret])
    expect(JSON.stringify(newestFlow())).not.toContain('s3cret')
  })
})

describe('further headers and parameters', () => {
  it('go to the messages that they are for, secret variables among them, and leave no trace', async () => {
    const environment = value(odd.bench.app.first.environments())[0]
    value(
      odd.bench.app.environments.saveVariables({
        id: environment?.id ?? '',
        variables: [{ name: 'key', secret: true, value: 'subscription-key-0123456789' }],
      }),
    )
    const connectionId = await connect({
      further: [
        { to: 'token', where: 'header', name: 'Origin', value: 'http://localhost' },
        { to: 'token', where: 'header', name: 'X-Zone', value: '{{key}}' },
        { to: 'refresh', where: 'parameter', name: 'scope', value: 'read' },
        { to: 'authorization', where: 'parameter', name: 'tenant', value: 'a b' },
        { to: 'userinfo', where: 'parameter', name: 'fields', value: 'id' },
      ],
    })
    odd.odd.answers['/userinfo'] = () => ({ body: { sub: 'alice' } })
    const { accountId } = value(await odd.signIn(connectionId))
    expect(odd.odd.at('/authorize')[0]?.query.get('tenant')).toBe('a b')
    const [token] = odd.odd.at('/token')
    expect(token?.headers).toMatchObject({
      origin: 'http://localhost',
      'x-zone': 'subscription-key-0123456789',
    })
    expect(token?.form.has('scope')).toBe(false)
    expect(JSON.stringify(newestFlow())).not.toContain('subscription-key')
    value(await odd.bench.app.accounts.refresh(accountId))
    const refresh = odd.odd.at('/token').at(-1)
    expect(refresh?.form.get('scope')).toBe('read')
    expect(refresh?.headers.origin).toBeUndefined()
    value(await odd.bench.app.accountActions.userinfo(accountId))
    expect(odd.odd.at('/userinfo')[0]?.url).toBe('/userinfo?fields=id')
    expect(await scanForSecrets(odd.bench.folder, { key: 'subscription-key-0123456789' })).toEqual([])
  })

  it('go to each kind of message, and each to its own alone', async () => {
    const kinds = keysOf(messageKindTable)
    const further = kinds.flatMap((to, at) => [
      { to, where: 'parameter' as const, name: `for_${at}`, value: to },
      ...(to === 'authorization' ? [] : [{ to, where: 'header' as const, name: `X-For-${at}`, value: to }]),
    ])
    const { answers, issuer } = odd.odd
    answers['/.well-known/openid-configuration'] = () => ({
      body: {
        ...metadataOf(issuer),
        pushed_authorization_request_endpoint: `${issuer}/par`,
        device_authorization_endpoint: `${issuer}/code`,
        introspection_endpoint: `${issuer}/introspect`,
        revocation_endpoint: `${issuer}/revoke`,
      },
    })
    answers['/par'] = ({ form }) => {
      pushed = form
      return { status: 201, body: { request_uri: 'urn:ietf:params:oauth:request_uri:1', expires_in: 60 } }
    }
    const authorize = answers['/authorize']
    let pushed = new URLSearchParams()
    answers['/authorize'] = (request) =>
      authorize?.(request.query.has('request_uri') ? { ...request, query: pushed } : request) ?? {}
    answers['/code'] = () => ({
      body: { device_code: 'd', user_code: 'A-B', verification_uri: `${issuer}/device`, expires_in: 60 },
    })
    answers['/introspect'] = () => ({ body: { active: true } })
    answers['/revoke'] = () => ({ body: '' })
    answers['/userinfo'] = () => ({ body: { sub: 'alice' } })
    answers['/api'] = () => ({ body: {} })
    /** The kinds whose words are in what was sent last to a place. */
    const carried = (path: string) => {
      const request = odd.odd.at(path).at(-1)
      const names = [...(request?.query.keys() ?? []), ...(request?.form.keys() ?? [])]
      return {
        parameters: kinds.filter((_kind, at) => names.includes(`for_${at}`)),
        headers: kinds.filter((kind, at) => request?.headers[`x-for-${at}`] === kind),
      }
    }
    const alone = (kind: string) => ({ parameters: [kind], headers: [kind] })
    const { app } = odd.bench

    const { accountId } = value(await odd.signIn(await connect({ further })))
    expect(carried('/authorize')).toEqual({ parameters: ['authorization'], headers: [] })
    expect(carried('/token')).toEqual(alone('token'))
    value(await app.accounts.refresh(accountId))
    expect(carried('/token')).toEqual(alone('refresh'))
    value(await app.accountActions.userinfo(accountId))
    expect(carried('/userinfo')).toEqual(alone('userinfo'))
    value(await app.accountActions.introspect(accountId))
    expect(carried('/introspect')).toEqual(alone('introspection'))
    const none = { query: [], headers: [], body: { kind: 'none' as const } }
    const draft = { ...none, method: 'GET' as const, url: `${issuer}/api`, accountId }
    value(await app.sendRequest.send({ sendId: randomUUID(), draft }))
    expect(carried('/api')).toEqual(alone('api'))
    value(await app.accountActions.revoke(accountId))
    expect(carried('/revoke')).toEqual(alone('revocation'))

    value(await odd.signIn(await connect({ further, pushed: true })))
    expect(carried('/par').headers).toEqual(['pushed'])
    expect(carried('/par').parameters).toContain('pushed')
    await app.signIn.start({ connectionId: await connect({ further, grant: 'device_code' }) })
    expect(carried('/code')).toEqual(alone('device'))
    const secret = { clientAuthentication: 'client_secret_post', clientSecret: 's3cret-0123456789' } as const
    const connectionId = await connect({ further, grant: 'client_credentials' }, secret)
    value(await app.directGrants.run({ connectionId, input: { grant: 'client_credentials' } }))
    expect(carried('/token')).toEqual(alone('client_credentials'))
  })

  it('are refused with an unknown variable before anything is sent', async () => {
    const connectionId = await connect({
      further: [{ to: 'token', where: 'header', name: 'X-Zone', value: '{{nobody}}' }],
    })
    expect(await odd.bench.app.signIn.start({ connectionId })).toMatchObject({
      error: { code: 'variable_unknown' },
    })
    expect(odd.odd.at('/authorize')).toEqual([])
  })

  it.each([
    [{ to: 'token', where: 'parameter', name: 'grant_type', value: 'x' }, 'connection_further_reserved'],
    [{ to: 'authorization', where: 'parameter', name: 'state', value: 'x' }, 'connection_further_reserved'],
    [{ to: 'pushed', where: 'parameter', name: 'scope', value: 'x' }, 'connection_further_reserved'],
    [{ to: 'token', where: 'header', name: 'Authorization', value: 'x' }, 'connection_further_reserved'],
    [{ to: 'authorization', where: 'header', name: 'X-A', value: 'x' }, 'connection_further_unsound'],
    [{ to: 'token', where: 'header', name: 'X-A', value: 'a\r\nb' }, 'connection_further_unsound'],
    [{ to: 'token', where: 'header', name: 'X-Api-Key', value: 'k' }, 'connection_further_secret'],
  ] as const)('refuse %j', async (part, code) => {
    await expect(connect({ further: [part] })).rejects.toThrow(code)
  })
})

describe('how the API wants it', () => {
  const sent = async (
    settings: ConnectionSettings,
    { headers = [], scope = 'read' }: { headers?: [string, string][]; scope?: string } = {},
  ) => {
    const { accountId } = value(await odd.signIn(await connect(settings, { scope })))
    odd.odd.answers['/api'] = ({ headers: { 'x-api-key': key } }) => ({ body: { echo: key ?? '' } })
    const draft = {
      method: 'GET' as const,
      url: `${odd.odd.issuer}/api?a=1`,
      query: [],
      headers: headers.map(([name, of]) => ({ name, value: of, enabled: true })),
      body: { kind: 'none' as const },
      accountId,
    }
    const exchange = value(
      await odd.bench.app.sendRequest.send({
        sendId: randomUUID(),
        draft,
        allowToken: { accountId, origin: odd.odd.issuer },
      }),
    )
    if (exchange.error !== undefined) throw new Error(exchange.error.code)
    expect(exchange.response?.status).toBe(200)
    expect(JSON.stringify(exchange)).not.toMatch(/opaque-access|subscription-key/)
    // Each exchange says what was done for an odd provider.
    const { further = [], ...rest } = settings
    const said = exchange.notes?.filter((each) => each.startsWith('non-standard: APIs')) ?? []
    expect(said).toHaveLength(Object.keys(rest).length)
    expect(exchange.notes?.some((each) => each.includes('an API request carries')) ?? false).toBe(
      further.length > 0,
    )
    return odd.odd.at('/api')[0]
  }
  it.each<[ConnectionSettings, string | undefined]>([
    [{}, 'Bearer opaque-access-1'],
    [{ apiScheme: 'token' }, 'token opaque-access-1'],
    [{ apiScheme: 'none' }, 'opaque-access-1'],
    [{ apiHeader: 'X-Shop-Token' }, undefined],
  ])('%j', async (settings, authorization) => {
    const request = await sent(settings)
    expect(request?.headers.authorization).toBe(authorization)
    expect(request?.headers['x-shop-token']).toBe(settings.apiHeader && 'opaque-access-1')
  })
  it('in a cookie, beside those of the request', async () => {
    const request = await sent({ apiCookie: 'session' }, { headers: [['Cookie', 'a=1']] })
    expect([request?.headers.cookie, request?.headers.authorization]).toEqual([
      'a=1; session=opaque-access-1',
      undefined,
    ])
  })
  it('the ID token in place of the access token, which an account without one says', async () => {
    let idToken = ''
    odd.odd.answers['/token'] = async () => {
      idToken = await odd.odd.idToken()
      return { body: { access_token: 'opaque-access-1', token_type: 'Bearer', id_token: idToken } }
    }
    const request = await sent({ apiToken: 'id_token' }, { scope: 'openid' })
    expect(request?.headers.authorization).toBe(`Bearer ${idToken}`)
    answer({ access_token: 'opaque-access-1', token_type: 'Bearer', expires_in: 60 })
    await expect(sent({ apiToken: 'id_token' })).rejects.toThrow('account_no_id_token')
  })
  it('with further headers and parameters, whose secrets the history does not hold', async () => {
    const environment = value(odd.bench.app.first.environments())[0]
    value(
      odd.bench.app.environments.saveVariables({
        id: environment?.id ?? '',
        variables: [{ name: 'key', secret: true, value: 'subscription-key-0123456789' }],
      }),
    )
    const request = await sent({
      further: [
        { to: 'api', where: 'header', name: 'X-Api-Key', value: '{{key}}' },
        { to: 'api', where: 'parameter', name: 'scope', value: 'open' },
        { to: 'token', where: 'header', name: 'X-Other', value: 'no' },
      ],
    })
    expect(request?.url).toBe('/api?a=1&scope=open')
    expect(request?.headers['x-api-key']).toBe('subscription-key-0123456789')
    expect(request?.headers['x-other']).toBeUndefined()
    expect(await scanForSecrets(odd.bench.folder, { key: 'subscription-key-0123456789' })).toEqual([])
  })
  it('in the query', async () => {
    expect((await sent({ apiQuery: 'access_token' }))?.url).toBe('/api?a=1&access_token=opaque-access-1')
  })
})

describe('the scope', () => {
  const asked = async (settings: ConnectionSettings) => {
    value(await odd.signIn(await connect(settings, { scope: 'read write' })))
    const [request] = odd.odd.at('/authorize')
    return [request?.query.get('scope'), request?.query.get('user_scope')]
  }
  it.each<[ConnectionSettings, [string | null, string | null]]>([
    [{}, ['read write', null]],
    [{ scopeSeparator: ',' }, ['read,write', null]],
    [{ scopeParameter: 'user_scope', scopeSeparator: ',' }, [null, 'read,write']],
    [{ scopeLeftOut: true }, [null, null]],
  ])('%j', async (settings, expected) => {
    expect(await asked(settings)).toEqual(expected)
  })
})
