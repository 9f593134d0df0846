import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { createVouch } from '../../../../src/node/net/window/vouch.ts'
import { startProxy } from '../../../support/proxy.ts'
import { serve, serveTls } from '../server.ts'

const file = (name: string) =>
  readFileSync(new URL(`../../../support/certificates/${name}`, import.meta.url)).toString()

it('vouches for the very certificate that its authorities vouch for, through a proxy too', async () => {
  const { url, trusted } = await serveTls((_request, response) => response.end('x'))
  const vouches = createVouch(trusted)
  expect(await vouches(url, file('server.crt'), {})).toBe(true)
  // Another certificate than the server has; one that no one vouches for; no certificate at all.
  expect(await vouches(url, file('client.crt'), {})).toBe(false)
  expect(await createVouch(file('client.crt'))(url, file('server.crt'), {})).toBe(false)
  expect(await vouches(url, 'nothing', {})).toBe(false)
  // Where the user switched the check off, that is none of its business.
  expect(await createVouch(file('client.crt'))(url, file('server.crt'), { unchecked: true })).toBe(false)
  const proxy = await startProxy()
  try {
    expect(await vouches(url, file('server.crt'), { proxy: proxy.proxy })).toBe(true)
    expect(proxy.asked).toEqual([`CONNECT ${new URL(url).host}`])
  } finally {
    await proxy.close()
  }
  const plain = await serve((_request, response) => response.end('x'))
  expect(await vouches(plain, file('server.crt'), {})).toBe(false)
  expect(await vouches(plain.replace('http', 'https'), file('server.crt'), {})).toBe(false)
})
