import { randomUUID } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { metadataOf } from '../../support/odd-provider.ts'
import { openOddBench, value, type OddBench } from '../../support/odd-workbench.ts'

let odd: OddBench
beforeEach(async () => {
  odd = await openOddBench()
})
afterEach(() => odd.close())

const gzip = { 'content-encoding': 'gzip', 'content-type': 'application/json' }
const send = async () => {
  const draft = { method: 'GET', query: [], headers: [], body: { kind: 'none' }, accountId: null } as const
  return value(
    await odd.bench.app.sendRequest.send({
      sendId: randomUUID(),
      draft: { ...draft, query: [], headers: [], url: `${odd.odd.issuer}/api` },
    }),
  )
}

it('shows a body that is not compressed at all as it came, and remarks on it', async () => {
  odd.odd.answers['/api'] = () => ({ headers: gzip, body: '{"a":1}' })
  const exchange = await send()
  expect(exchange).toMatchObject({ response: { status: 200, firstText: '{"a":1}' } })
  expect(exchange.error).toBeUndefined()
  expect(exchange.notes?.join()).toMatch(/not compressed/)
})

it('loses nothing of a gzip that is followed by two bytes, and remarks on them', async () => {
  odd.odd.answers['/api'] = () => ({
    headers: gzip,
    body: Buffer.concat([gzipSync('{"a":1}'), Buffer.from('\r\n')]),
  })
  const exchange = await send()
  expect(exchange).toMatchObject({ response: { status: 200, firstText: '{"a":1}' } })
  expect(exchange.error).toBeUndefined()
  expect(exchange.notes?.join()).toMatch(/followed by 2 bytes of other data/)
})

it('reads a provider’s answers that claim a compression which they do not have', async () => {
  odd.odd.answers['/.well-known/openid-configuration'] = () => ({
    headers: gzip,
    body: JSON.stringify(metadataOf(odd.odd.issuer)),
  })
  expect(await odd.connect()).toBeTruthy()
})
