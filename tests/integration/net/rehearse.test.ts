import { expect, it } from 'vitest'
import { createRequestEngine } from '../../../src/node/net/send.ts'

it('sends a message to its end without a network', async () => {
  const engine = createRequestEngine()
  const answer = await engine.rehearse({ method: 'GET', url: 'http://nothing.invalid/', headers: [] })
  expect(answer).toMatchObject({ ok: true, value: { status: 200, contentType: 'application/json' } })
  const again = await engine.rehearse({ method: 'GET', url: 'http://nothing.invalid/x', headers: [] })
  expect(again).toMatchObject({ ok: true, value: { status: 200 } })
  await engine.close()
})
