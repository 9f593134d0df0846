import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { openWorkbench } from '../../support/workbench.ts'

async function serve(handle: RequestListener): Promise<string> {
  const server = createServer(handle)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

it('stops with both addresses before a body reaches another origin, and goes on by a press of a button', async () => {
  const bench = await openWorkbench()
  onTestFinished(() => bench.close())
  const taken: string[] = []
  const third = await serve((request, response) => {
    request.on('data', (chunk: Buffer) => taken.push(chunk.toString()))
    request.on('end', () => response.end('done'))
  })
  const second = await serve((_request, response) => response.writeHead(308, { location: third }).end())
  const first = await serve((_request, response) =>
    response.writeHead(307, { location: `${second}/next?client_secret=s3cret-text` }).end(),
  )
  const body = {
    kind: 'form' as const,
    fields: [{ name: 'client_secret', value: 's3cret-text', enabled: true }],
  }
  const draft = { method: 'POST', url: `${first}/token`, query: [], headers: [], accountId: null, body }
  async function send(carryBodyTo?: string[]) {
    const sent = await bench.app.sendRequest.send({ sendId: randomUUID(), draft, carryBodyTo })
    if (!sent.ok) throw new Error(sent.error.message)
    return sent.value
  }

  const once307 = await send()
  expect(once307).toMatchObject({
    status: 307,
    errorCode: 'http_redirect_held',
    remedies: [{ kind: 'follow', label: `Forward the body to ${new URL(second).host}`, origins: [second] }],
  })
  expect(once307.error?.message).toContain(`${first}/token`)
  expect(once307.error?.message).toContain(`${second}/next`)
  expect(JSON.stringify(once307)).not.toContain('s3cret-text')

  const twice = await send([second])
  expect(twice).toMatchObject({ status: 308, remedies: [{ origins: [second, third] }] })
  expect(taken).toEqual([])

  const whole = await send([second, third])
  expect(whole).toMatchObject({ status: 200, response: { firstText: 'done' } })
  expect(whole.remedies).toBeUndefined()
  expect(taken).toEqual(['client_secret=s3cret-text'])
})
