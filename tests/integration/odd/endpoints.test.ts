import { afterEach, beforeEach, expect, it } from 'vitest'
import { metadataOf } from '../../support/odd-provider.ts'
import { openOddBench, value, type OddBench } from '../../support/odd-workbench.ts'

let odd: OddBench
beforeEach(async () => {
  odd = await openOddBench()
  odd.odd.answers['/.well-known/openid-configuration'] = () => ({
    body: {
      ...metadataOf(odd.odd.issuer),
      revocation_endpoint: `${odd.odd.issuer}/revoke`,
      introspection_endpoint: `${odd.odd.issuer}/introspect`,
    },
  })
})
afterEach(() => odd.close())

const newestFlow = () =>
  value(odd.bench.app.flows.get(value(odd.bench.app.flows.list({ limit: 1 }))[0]?.id ?? ''))

it('calls a refused revocation refused: in the response, in its flow and in the history', async () => {
  odd.odd.answers['/revoke'] = () => ({ status: 400, body: { error: 'invalid_client' } })
  const { accountId } = value(await odd.signIn(await odd.connect()))
  const answer = await odd.bench.app.accountActions.revoke(accountId)
  expect(answer).toMatchObject({ error: { code: 'revocation_refused' } })
  expect(newestFlow()).toMatchObject({ outcome: 'failed' })
  expect((await odd.account(accountId)).lineage.at(-1)).toMatchObject({ event: 'revoke-failed' })
})

it('keeps a revocation of which one half was accepted', async () => {
  odd.odd.answers['/revoke'] = ({ form }) =>
    form.get('token_type_hint') === 'refresh_token'
      ? { status: 200 }
      : { status: 400, body: { error: 'unsupported_token_type' } }
  const { accountId } = value(await odd.signIn(await odd.connect()))
  const { findings } = value(await odd.bench.app.accountActions.revoke(accountId))
  expect(findings.map(({ tone }) => tone)).toEqual(['ok', 'bad'])
  expect((await odd.account(accountId)).lineage.at(-1)).toMatchObject({ event: 'revoked' })
})

it('does not read “not active” out of a 401 of introspection', async () => {
  odd.odd.answers['/introspect'] = () => ({ status: 401, body: { active: false } })
  const { accountId } = value(await odd.signIn(await odd.connect()))
  const answer = await odd.bench.app.accountActions.introspect(accountId)
  expect(answer).toMatchObject({ error: { code: 'introspection_status' } })
  expect(JSON.stringify(newestFlow())).not.toMatch(/not active/)
})

it('finds a key beyond the hundredth', async () => {
  const [jwks] = [odd.odd.answers['/jwks']]
  odd.odd.answers['/jwks'] = async (request) => {
    if (jwks === undefined) throw new Error('no keys')
    const { body } = (await jwks(request)) as { body: { keys: unknown[] } }
    const others = Array.from({ length: 150 }, (_, at) => ({
      kty: 'RSA',
      kid: `old-${at}`,
      n: 'AQAB',
      e: 'AQAB',
    }))
    return { body: { keys: [...others, ...body.keys] } }
  }
  odd.odd.answers['/token'] = async () => ({
    body: { access_token: 'a', token_type: 'Bearer', id_token: await odd.odd.idToken() },
  })
  expect(await odd.signIn(await odd.connect({ scope: 'openid' }))).toMatchObject({ ok: true })
})

it('does not let userinfo over http rest on TLS', async () => {
  odd.odd.answers['/userinfo'] = () => ({ body: { sub: 'alice' } })
  const { accountId } = value(await odd.signIn(await odd.connect()))
  const { findings } = value(await odd.bench.app.accountActions.userinfo(accountId))
  expect(findings[0]?.says).toMatch(/came over plain http, so nothing vouches for it/)
})

it('reaches endpoints that were typed by hand: introspection, revocation and log-out', async () => {
  const { issuer } = odd.odd
  odd.odd.answers['/introspect'] = () => ({ body: { active: true } })
  odd.odd.answers['/revoke'] = () => ({ status: 200 })
  const provider = {
    issuer,
    authorizationEndpoint: `${issuer}/authorize`,
    tokenEndpoint: `${issuer}/token`,
    introspectionEndpoint: `${issuer}/introspect`,
    revocationEndpoint: `${issuer}/revoke`,
    endSessionEndpoint: `${issuer}/logout`,
  }
  const { accountId } = value(await odd.signIn(await odd.connect({ provider })))
  value(await odd.bench.app.accountActions.introspect(accountId))
  value(await odd.bench.app.logOut.start({ id: accountId, wayBack: false }))
  expect(odd.bench.opened.at(-1)).toMatch(`${issuer}/logout?`)
  value(await odd.bench.app.accountActions.revoke(accountId))
  expect(odd.odd.at('/revoke').length).toBeGreaterThan(0)
  const unsafe = { ...provider, revocationEndpoint: 'http://revoke.example/' }
  await expect(odd.connect({ provider: unsafe })).rejects.toThrow('endpoint_insecure')
})
