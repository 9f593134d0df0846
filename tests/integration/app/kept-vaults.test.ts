import { afterEach, beforeEach, expect, it } from 'vitest'
import { signInAtProvider } from '../../support/playground-browser.ts'
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
const password = 'correct horse battery'
const signIn = async (): Promise<string> => {
  const connectionId = await connectPlayground(bench)
  value(await bench.app.signIn.start({ connectionId }))
  const alice = { username: 'alice', password: 'alice-password' }
  const redirect = await signInAtProvider(bench.opened.at(-1) ?? '', alice)
  return value(await bench.app.signIn.receive(redirect)).accountId
}

it('keeps the tokens of a vault in trouble while another user is in', async () => {
  const { user } = value(bench.app.sessions.state())
  bench.keyring.changeKey()
  await bench.restart()
  expect(value(bench.app.sessions.state()).trouble?.code).toBe('keyring_changed')
  const accountId = await signIn()
  const { text } = value(bench.app.tokens.reveal({ accountId, kind: 'refresh' }))
  const other = value(await bench.app.sessions.createUser({ username: 'bob' }))
  value(await bench.app.sessions.unlock({ userId: other.id }))
  value(await bench.app.sessions.unlock({ userId: user.id }))
  expect(value(bench.app.tokens.reveal({ accountId, kind: 'refresh' })).text).toBe(text)
})

it('keeps them where the first password on the way back is wrong, and has all once the keyring is back', async () => {
  const { user } = value(bench.app.sessions.state())
  value(await bench.app.sessions.guard({ guard: 'both', newPassword: password }))
  const before = await signIn()
  const giveBack = bench.keyring.changeKey()
  await bench.restart()
  value(await bench.app.sessions.unlock({ userId: user.id, password }))
  expect(value(bench.app.sessions.state()).trouble?.code).toBe('keyring_changed')
  const accountId = await signIn()
  expect(accountId).toBe(before)
  const { text } = value(bench.app.tokens.reveal({ accountId, kind: 'refresh' }))
  const other = value(await bench.app.sessions.createUser({ username: 'bob' }))
  value(await bench.app.sessions.unlock({ userId: other.id }))
  giveBack()
  expect((await bench.app.sessions.unlock({ userId: user.id, password: 'wrong one' })).ok).toBe(false)
  value(await bench.app.sessions.unlock({ userId: user.id, password }))
  expect(value(bench.app.tokens.reveal({ accountId, kind: 'refresh' })).text).toBe(text)
  await bench.restart()
  value(await bench.app.sessions.unlock({ userId: user.id, password }))
  expect(value(bench.app.tokens.reveal({ accountId, kind: 'refresh' })).text).toBe(text)
})

it('does not take a password back that is set while the key is rotated', async () => {
  const { wrap } = bench.keyring.protector
  let wrapping = Promise.resolve()
  // A keyring that takes its time, as one does that asks the person first.
  bench.keyring.protector.wrap = async (key) => {
    await wrapping
    return wrap(key)
  }
  let done = (): void => undefined
  wrapping = new Promise((resolve) => (done = resolve))
  const rotating = bench.app.sessions.rotate({})
  const guarding = bench.app.sessions.guard({ guard: 'password', newPassword: password })
  await Promise.race([guarding, new Promise((resolve) => setImmediate(resolve))])
  setTimeout(done, 300)
  await Promise.all([rotating, guarding])
  expect(value(await guarding).protection.kind).toBe('password')
  await bench.restart()
  expect(bench.app.sessions.isLocked()).toBe(true)
  const { user } = value(bench.app.sessions.state())
  value(await bench.app.sessions.unlock({ userId: user.id, password }))
})
