import { afterEach, beforeEach, expect, it } from 'vitest'
import { openOddBench, value, type OddBench } from '../../support/odd-workbench.ts'

let odd: OddBench
let connectionId: string
beforeEach(async () => {
  odd = await openOddBench()
  connectionId = await odd.connect()
})
afterEach(() => odd.close())

const signIn = async () => value(await odd.signIn(connectionId)).accountId
const tokenOf = (accountId: string) => value(odd.bench.app.tokens.reveal({ accountId, kind: 'access' })).text

it('keeps two sign-ins of which nobody says who they are apart', async () => {
  const alice = await signIn()
  const bob = await signIn()
  expect(bob).not.toBe(alice)
  expect([tokenOf(alice), tokenOf(bob)]).toEqual(['opaque-access-1', 'opaque-access-2'])
  const views = [await odd.account(alice), await odd.account(bob)]
  expect(views.map(({ displayName, unidentified }) => [displayName, unidentified])).toEqual([
    ['(not identified)', true],
    ['(not identified 2)', true],
  ])
  expect(views[1]?.lineage[0]?.changes).toContain('the provider does not say who signed in')
})

it('joins them by the user’s choice, and by nothing else', async () => {
  const first = await signIn()
  const second = await signIn()
  expect(value(odd.bench.app.accounts.samePerson({ id: second, as: first }))).toEqual({ accountId: first })
  expect(tokenOf(first)).toBe('opaque-access-2')
  expect(value(odd.bench.app.first.accounts()).map(({ id }) => id)).toEqual([first])
  const { lineage, hasRefreshToken } = await odd.account(first)
  expect(hasRefreshToken).toBe(true)
  expect(lineage.at(-1)?.reason).toBe('the same person as “(not identified)”, by the user’s choice')
  expect(await odd.bench.app.accounts.refresh(first)).toMatchObject({ ok: true })
  expect(odd.odd.at('/token').at(-1)?.form.get('refresh_token')).toBe('opaque-refresh-2')
})

it('takes the subject that userinfo names, and leaves another account of it alone', async () => {
  odd.odd.answers['/userinfo'] = () => ({ body: { sub: 'alice', name: 'Alice' } })
  const first = await signIn()
  value(await odd.bench.app.accountActions.userinfo(first))
  expect(await odd.account(first)).toMatchObject({ subject: 'alice', unidentified: false })
  const second = await signIn()
  const { notes } = value(await odd.bench.app.accountActions.userinfo(second))
  expect(notes.join()).toMatch(/same subject as for the account “Alice”/)
  expect(await odd.account(second)).toMatchObject({ unidentified: true })
  expect(tokenOf(first)).toBe('opaque-access-1')
  // What the provider knows is nobody's to say otherwise.
  expect(odd.bench.app.accounts.samePerson({ id: first, as: second })).toMatchObject({
    error: { code: 'account_known' },
  })
  expect(odd.bench.app.accounts.samePerson({ id: second, as: second })).toMatchObject({
    error: { code: 'account_other_connection' },
  })
  const elsewhere = value(await odd.signIn(await odd.connect({ name: 'Another' }))).accountId
  expect(odd.bench.app.accounts.samePerson({ id: second, as: elsewhere })).toMatchObject({
    error: { code: 'account_other_connection' },
  })
})
