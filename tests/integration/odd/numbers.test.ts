import { afterEach, beforeEach, expect, it } from 'vitest'
import { metadataOf } from '../../support/odd-provider.ts'
import { openOddBench, value, type OddBench } from '../../support/odd-workbench.ts'

let odd: OddBench
beforeEach(async () => {
  odd = await openOddBench()
})
afterEach(() => odd.close())

const json = { headers: { 'content-type': 'application/json' } }
const textOf = (claims: { name: string; text: string }[] = [], name: string) =>
  claims.find((claim) => claim.name === name)?.text

it('shows numbers as they are written: userinfo, profile, introspection and flows, also after a restart', async () => {
  odd.odd.answers['/.well-known/openid-configuration'] = () => ({
    body: { ...metadataOf(odd.odd.issuer), introspection_endpoint: `${odd.odd.issuer}/introspect` },
  })
  odd.odd.answers['/userinfo'] = () => ({
    ...json,
    body: '{"sub":"alice","user_id":1147953659032899584,"v":1.0}',
  })
  odd.odd.answers['/introspect'] = () => ({ ...json, body: '{"active":true,"uid":9007199254740993}' })
  const { accountId } = value(await odd.signIn(await odd.connect()))
  const said = value(await odd.bench.app.accountActions.userinfo(accountId)).findings[0]?.claims
  expect([textOf(said, 'user_id'), textOf(said, 'v')]).toEqual(['1147953659032899584', '1.0'])
  const flow = value(odd.bench.app.flows.get(value(odd.bench.app.flows.list({ limit: 1 }))[0]?.id ?? ''))
  expect(JSON.stringify(flow)).toContain('1147953659032899584')
  expect(JSON.stringify(flow)).not.toContain('1147953659032899600')
  const asked = value(await odd.bench.app.accountActions.introspect(accountId)).findings[0]?.claims
  expect(textOf(asked, 'uid')).toBe('9007199254740993')
  await odd.bench.restart()
  const { profile } = await odd.account(accountId)
  expect([textOf(profile, 'user_id'), textOf(profile, 'v')]).toEqual(['1147953659032899584', '1.0'])
})
