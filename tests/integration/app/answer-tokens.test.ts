import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { value } from '../../support/odd-workbench.ts'
import { scanForSecrets } from '../../support/scan.ts'
import { openWorkbench, type Workbench } from '../../support/workbench.ts'

const jwt = (sub: string): string =>
  [{ alg: 'HS256' }, { sub }]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .concat('c2lnbmF0dXJl')
    .join('.')
const [sent, given, inHeader] = [jwt('who-asks'), jwt('a-guest'), jwt('the-gateway')]

let bench: Workbench
/** Answers with the token that it was sent, and two of its own. */
const server = createServer((request, response) =>
  response
    .writeHead(200, { 'Content-Type': 'application/json', 'X-Identity': inHeader })
    .end(JSON.stringify({ echo: request.headers.authorization, guest_token: given })),
)

beforeEach(async () => {
  bench = await openWorkbench()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
})
afterEach(async () => {
  server.close()
  server.closeAllConnections()
  await bench.close()
})

it('JWTs of a response can be had while a tab shows it, and never those that were sent', async () => {
  const { id, response } = value(
    await bench.app.sendRequest.send({
      sendId: randomUUID(),
      draft: {
        method: 'GET',
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
        query: [],
        headers: [{ name: 'Authorization', value: `Bearer ${sent}`, enabled: true }],
        body: { kind: 'none' },
        accountId: null,
      },
    }),
  )
  expect(response?.tokens).toEqual(['X-Identity', 'guest_token'])
  const { responseHeaders, history } = bench.app
  expect([0, 1].map((token) => value(responseHeaders.token({ id, token })).text)).toEqual([inHeader, given])
  expect(responseHeaders.token({ id, token: 2 })).toMatchObject({ error: { code: 'answer_token_not_kept' } })
  expect(value(history.get({ id })).response?.tokens).toEqual(['X-Identity', 'guest_token'])

  responseHeaders.release({ id })
  expect(responseHeaders.token({ id, token: 0 })).toMatchObject({ error: { code: 'answer_token_not_kept' } })
  expect(value(history.get({ id })).response?.tokens).toBeUndefined()
  await bench.restart()
  expect(await scanForSecrets(bench.folder, { sent, given, inHeader })).toEqual([])
})
