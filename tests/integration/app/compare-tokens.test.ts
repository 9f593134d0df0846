import { afterEach, beforeEach, expect, it } from 'vitest'
import { createBrowser } from '../../support/playground-browser.ts'
import { connectPlayground, openWorkbench, type Workbench } from '../../support/workbench.ts'

let bench: Workbench
let connectionId: string

const value = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
async function signIn(username: string): Promise<string> {
  value(await bench.app.signIn.start({ connectionId }))
  const redirect = await createBrowser().signIn(bench.opened.at(-1) ?? '', {
    username,
    password: `${username}-password`,
  })
  return value(await bench.app.signIn.receive(redirect)).accountId
}

beforeEach(async () => {
  bench = await openWorkbench()
  connectionId = await connectPlayground(bench)
})
afterEach(() => bench.close())

it('compares tokens of two users, by the accounts alone', async () => {
  const [alice, bob] = [await signIn('alice'), await signIn('bob')]
  const comparison = value(
    await bench.app.tokenComparison.compare({
      one: { accountId: alice, kind: 'access' },
      other: { accountId: bob, kind: 'access' },
    }),
  )
  expect(comparison.sides.map(({ what }) => what)).toEqual(['Access token', 'Access token'])
  expect(comparison.says[0]).toBe('They are from the same issuer, for different subjects.')
  expect(comparison.claims.changes.find(({ path }) => path[0] === 'sub')).toMatchObject({
    before: JSON.stringify(value(await bench.app.accounts.get(alice)).subject),
    after: JSON.stringify(value(await bench.app.accounts.get(bob)).subject),
  })
  expect(comparison.claims.same).toContain('iss')
  const { text } = value(bench.app.tokens.reveal({ accountId: alice, kind: 'access' }))
  const [, , signature = ''] = text.split('.')
  expect(JSON.stringify(comparison)).not.toContain(signature)
})

it('compares a token with the one after a refresh', async () => {
  const accountId = await signIn('alice')
  const { text } = value(bench.app.tokens.reveal({ accountId, kind: 'access' }))
  bench.clock.forward(30_000)
  value(await bench.app.accounts.refresh(accountId))
  const { says, claims, scopes } = value(
    await bench.app.tokenComparison.compare({
      one: { text: `Authorization: Bearer ${text}` },
      other: { accountId, kind: 'access' },
    }),
  )
  expect(says).toContain('They are from the same issuer, for the same subject.')
  expect(claims.changes.every(({ expected }) => expected)).toBe(true)
  expect(scopes).toMatchObject({ lost: [], gained: [] })
})

it('says what is missing', async () => {
  const one = { text: 'a' }
  const gone = { accountId: crypto.randomUUID(), kind: 'access' } as const
  expect(await bench.app.tokenComparison.compare({ one, other: gone })).toMatchObject({
    error: { code: 'account_unknown' },
  })
  const { says } = value(await bench.app.tokenComparison.compare({ one, other: { text: '' } }))
  expect(says).toEqual([
    'The first token is opaque: nothing in it can be compared.',
    'The second token cannot be read.',
  ])
})
