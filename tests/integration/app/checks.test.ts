import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Check } from '../../../src/core/contract/sending/checks.ts'
import { openWorkbench, type Workbench } from '../../support/workbench.ts'

const handedOut = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJzb21lb25lIn0.c2lnbmF0dXJl'
let bench: Workbench
let server: Server
let origin: string

beforeEach(async () => {
  bench = await openWorkbench({ keyring: 'none', playground: { issuer: '', apiBase: '', users: [] } })
  server = createServer((request, response) => {
    if (request.url === '/long') {
      response.setHeader('Content-Type', 'application/json')
      return response.end(JSON.stringify({ filler: 'x'.repeat(3_000_000), last: 7 }))
    }
    response.setHeader('Content-Type', 'application/json')
    response.setHeader('Set-Cookie', 'session=very-secret-session-value')
    return response.end(JSON.stringify({ items: [{ id: 7 }], access_token: handedOut }))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(async () => {
  server.closeAllConnections()
  server.close()
  await bench.close()
})

const check = (expression: string, operator: string, value = '', enabled = true): Check => ({
  expression,
  operator,
  value,
  enabled,
})
async function send(checks: Check[], url = `${origin}/orders`) {
  const sent = await bench.app.sendRequest.send({
    sendId: randomUUID(),
    draft: {
      method: 'GET',
      url,
      query: [],
      headers: [],
      body: { kind: 'none' },
      variables: [{ name: 'wanted', value: '7', enabled: true }],
      checks,
      accountId: null,
    },
  })
  if (!sent.ok) throw new Error(sent.error.message)
  return sent.value
}

it('judges checks after a response and keeps what came of them in the history', async () => {
  const { id, checks } = await send([
    check('res.status', 'eq', '200'),
    check('$.items[0].id', 'eq', '{{wanted}}'),
    check('res.body.items', 'length', '2'),
    check('res.status', 'eq', '{{nowhere}}'),
    check('res.status', 'eq', '1', false),
  ])
  expect(checks).toEqual([
    { expression: 'res.status', operator: 'eq', outcome: 'passed', expected: '200', actual: '200' },
    { expression: '$.items[0].id', operator: 'eq', outcome: 'passed', expected: '7', actual: '7' },
    {
      expression: 'res.body.items',
      operator: 'length',
      outcome: 'failed',
      expected: '2',
      actual: '[{"id":7}]',
    },
    expect.objectContaining({ outcome: 'not-judged', reason: '{{nowhere}} is not known.' }),
  ])
  const kept = bench.app.history.get({ id })
  expect(kept.ok && kept.value.checks).toEqual(checks)
})

it('looks into all of a long body', async () => {
  const { checks } = await send(
    [check('$.last', 'eq', '7'), check('res.body.filler', 'length', '3000000')],
    `${origin}/long`,
  )
  expect(checks?.map(({ outcome }) => outcome)).toEqual(['passed', 'passed'])
})

it('shows nothing secret in them', async () => {
  const { checks } = await send([
    check('res.body.access_token', 'isDefined'),
    check('res.body.access_token', 'eq', handedOut),
    check('res.headers["set-cookie"]', 'contains', 'session'),
    check('res.body', 'isJson'),
  ])
  const text = JSON.stringify(checks)
  expect(text).not.toContain(handedOut)
  expect(text).not.toContain('very-secret-session-value')
  expect(checks?.[0]).toMatchObject({ outcome: 'passed' })
})

it('says that nothing was judged where no response came, or judging took too long', async () => {
  const { checks, error } = await send([check('res.status', 'eq', '200')], 'http://127.0.0.1:1/')
  expect(error).toBeDefined()
  expect(checks).toEqual([
    {
      expression: 'res.status',
      operator: 'eq',
      expected: '',
      outcome: 'not-judged',
      reason: 'There was no response.',
    },
  ])
  await bench.close()
  bench = await openWorkbench({
    keyring: 'none',
    playground: { issuer: '', apiBase: '', users: [] },
    overrides: { net: { judge: async () => undefined } },
  })
  const late = await send([check('res.status', 'eq', '200'), check('res.statusText', 'matches', 'O')])
  expect(late.checks).toMatchObject([
    { outcome: 'passed' },
    { outcome: 'not-judged', reason: 'The check took over 2 seconds and was stopped.' },
  ])
})
