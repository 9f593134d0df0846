import { afterEach, expect, it } from 'vitest'
import { connectPlayground, openWorkbench, type Workbench } from '../../support/workbench.ts'

let bench: Workbench
afterEach(() => bench.close())

const value = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

it('seals nothing with a key that another program on the same data has replaced', async () => {
  bench = await openWorkbench()
  const connectionId = await connectPlayground(bench)
  const second = await bench.another()
  value(await second.app.signIn.start({ connectionId }))
  value(await bench.app.sessions.rotate({}))

  expect(await second.app.signIn.start({ connectionId })).toMatchObject({
    error: { code: 'vault_key_changed' },
  })
  value(await bench.app.signIn.start({ connectionId }))
  // Opened again it has the new key.
  value(await second.app.sessions.retry())
  value(await second.app.signIn.start({ connectionId }))
  await second.close()
})
