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
const code = (result: { ok: true } | { ok: false; error: { code: string } }) =>
  result.ok ? 'ok' : result.error.code

it('lets a flood of forged redirects cost next to nothing, and finishes the sign-in among them', async () => {
  const connectionId = await connectPlayground(bench)
  value(await bench.app.signIn.start({ connectionId }))
  const answer = await signInAtProvider(bench.opened.at(-1) ?? '', {
    username: 'alice',
    password: 'alice-password',
  })
  const before = performance.now()
  const codes = new Set<string>()
  for (let turn = 0; turn < 90; turn += 1) {
    const long = 'token'.repeat(12_000)
    codes.add(
      code(
        await bench.app.signIn.receive(`app.gatehouse.desktop:/oauth/callback?state=s${turn}&code=${long}`),
      ),
    )
  }
  expect([...codes]).toEqual(['callback_state_unknown'])
  expect(performance.now() - before).toBeLessThan(5_000)
  const strays = value(bench.app.flows.list({ limit: 100 })).filter(({ kind }) => kind === 'callback')
  expect(strays).toHaveLength(5)
  expect(code(await bench.app.signIn.receive(answer))).toBe('ok')
  for (let turn = 0; turn < 20; turn += 1)
    codes.add(code(await bench.app.signIn.receive('app.gatehouse.desktop:/oauth/callback?state=x&code=y')))
  expect([...codes]).toEqual(['callback_state_unknown', 'callback_too_many'])
  bench.clock.forward(11_000)
  await bench.app.signIn.receive('app.gatehouse.desktop:/oauth/callback?state=x&code=y')
  expect(value(bench.app.flows.list({ limit: 100 })).filter(({ kind }) => kind === 'callback')).toHaveLength(
    6,
  )
})
