import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { expect, it } from 'vitest'
import { openWorkbench } from '../../support/workbench.ts'

it('shows the response of a request that the database does not take', async () => {
  const bench = await openWorkbench()
  let orders = 0
  const server = createServer((request, response) => {
    if (request.url === '/long') return response.end('long '.repeat(100_000))
    orders += 1
    response.writeHead(201, { 'content-type': 'text/plain' }).end('ordered')
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const holder = new SqliteDatabase(join(bench.folder, 'history.db'))
  holder.exec('BEGIN IMMEDIATE')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/orders`
  const draft = { method: 'POST', url, query: [], headers: [], accountId: null }
  const sent = await bench.app.sendRequest.send({
    sendId: randomUUID(),
    draft: { ...draft, body: { kind: 'none' } },
  })
  const long = await bench.app.sendRequest.send({
    sendId: randomUUID(),
    draft: { ...draft, method: 'GET', url: url.replace('/orders', '/long'), body: { kind: 'none' } },
  })
  // A long body is written a little later: whoever wants more of it than is shown then hears why it is not there.
  const { id } = long.ok ? long.value : { id: '' }
  const range = { id, offset: 262_144, length: 1000 }
  expect(bench.app.history.body(range)).toMatchObject({ ok: true, value: { total: 500_000 } })
  await bench.app.settle()
  expect(bench.app.history.body(range)).toMatchObject({
    ok: false,
    error: { code: 'database_locked', message: expect.stringContaining('not kept in the history') },
  })
  holder.close()
  expect(sent).toMatchObject({ ok: true, value: { status: 201, response: { firstText: 'ordered' } } })
  expect(sent.ok && sent.value.notes?.at(-1)).toMatch(/^Not kept in the history\. Another program is using/)
  expect(orders).toBe(1)
  server.close()
  await bench.close()
}, 30_000)
