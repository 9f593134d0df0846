import { afterEach, beforeEach, expect, it } from 'vitest'
import { mostPins, type PinView } from '../../../src/core/contract/tokens/bench.ts'
import { createBrowser } from '../../support/playground-browser.ts'
import { scanForSecrets } from '../../support/scan.ts'
import { connectPlayground, openWorkbench, type Workbench } from '../../support/workbench.ts'

let bench: Workbench
beforeEach(async () => {
  bench = await openWorkbench()
})
afterEach(() => bench.close())

const value = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
const part = (json: string): string => Buffer.from(json).toString('base64url')
const token = `${part('{"alg":"HS256"}')}.${part('{"user_id":42}')}.c2lnbmF0dXJlLW9mLXBpbnM`
const pins = async (): Promise<PinView[]> => value(await bench.app.pins.list())
const add = (text: string, name = 'mine') => bench.app.pins.add({ name, token: { text } })

it('keeps a token over a restart, sealed, and says what it is', async () => {
  const { id } = value(add(token, '  mine '))
  await bench.restart()
  expect(await pins()).toEqual([
    { id, name: 'mine', createdAt: expect.any(Number), readable: true, what: 'Plain JWT', life: {} },
  ])
  expect(JSON.stringify(await pins())).not.toContain(token)
  expect(value(bench.app.pins.read({ id }))).toEqual({ text: token })
  expect(await scanForSecrets(bench.folder, { token, signature: 'c2lnbmF0dXJlLW9mLXBpbnM' })).toEqual([])
})

it('seals its name with it, in the bin too', async () => {
  const names = { given: 'name-that-tells-a-customer', later: 'another-name-of-a-customer' }
  const { id } = value(add(token, names.given))
  value(bench.app.pins.rename({ id, name: names.later }))
  await bench.restart()
  expect((await pins()).map(({ name }) => name)).toEqual([names.later])
  value(bench.app.pins.remove({ id }))
  expect(await scanForSecrets(bench.folder, names)).toEqual([])
})

it('keeps the token alone, not what is around it', async () => {
  const sd = `${token}~${part('["s","age",7]')}~`
  const texts = [`curl -u me:hunter2 -H 'Authorization: Bearer ${token}'`, sd, `two: ${token} and ${token}x`]
  const ids = texts.map((text) => value(add(text)).id)
  expect(ids.map((id) => value(bench.app.pins.read({ id })).text)).toEqual([token, sd, token])
  const last = value(
    bench.app.pins.add({ name: '', token: { text: `two: ${token} and ${token}x`, pick: 1 } }),
  )
  expect(value(bench.app.pins.read(last)).text).toBe(`${token}x`)
  expect((await pins()).at(-1)?.name).toBe('Token')
  expect(add('  ')).toMatchObject({ error: { code: 'pin_empty' } })
})

it('comes back from the bin, for an hour', async () => {
  const { id } = value(add(token))
  value(bench.app.pins.rename({ id, name: 'renamed' }))
  value(bench.app.pins.remove({ id }))
  expect(await pins()).toEqual([])
  for (const answer of [bench.app.pins.remove({ id }), bench.app.pins.read({ id })])
    expect(answer).toMatchObject({ error: { code: 'pin_unknown' } })
  const [entry] = value(bench.app.bin.list())
  // A name is sealed as the token is: the bin cannot tell it.
  expect(entry).toMatchObject({ kind: 'pin', name: 'Pinned token' })
  value(bench.app.bin.restore({ id: entry?.id ?? '' }))
  expect((await pins()).map(({ name }) => name)).toEqual(['renamed'])
  expect(value(bench.app.pins.read({ id })).text).toBe(token)

  value(bench.app.pins.remove({ id }))
  bench.clock.forward(61 * 60_000)
  expect(value(bench.app.bin.list())).toEqual([])
})

it('holds no more than there is room for', async () => {
  for (let count = 0; count < mostPins; count += 1) value(add(token))
  expect(add(token)).toMatchObject({ error: { code: 'pins_full' } })
})

it('compares what was pinned before a refresh with what is there after it', async () => {
  const connectionId = await connectPlayground(bench)
  value(await bench.app.signIn.start({ connectionId }))
  const redirect = await createBrowser().signIn(bench.opened.at(-1) ?? '', {
    username: 'alice',
    password: 'alice-password',
  })
  const { accountId } = value(await bench.app.signIn.receive(redirect))
  const now = { accountId, kind: 'access' } as const
  const { id } = value(bench.app.pins.add({ name: 'before', token: now }))
  const sources = { one: { pin: id }, other: now }
  expect(value(await bench.app.tokenComparison.compare(sources)).says[0]).toMatch(/same token/)
  bench.clock.forward(30_000)
  value(await bench.app.accounts.refresh(accountId))
  const { says, claims } = value(await bench.app.tokenComparison.compare(sources))
  expect(says).toContain('Only claims that are new in every token differ.')
  expect(claims.changes.map(({ path }) => path[0])).toContain('jti')
  value(bench.app.pins.remove({ id }))
  expect(await bench.app.tokenComparison.compare(sources)).toMatchObject({ error: { code: 'pin_unknown' } })
})
