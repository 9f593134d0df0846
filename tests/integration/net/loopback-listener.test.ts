import { request } from 'node:http'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createLoopbackListener } from '../../../src/node/net/loopback-listener.ts'
import { readCallback } from '../../../src/core/oauth/redirect/callback.ts'

const listen = async () => {
  const got: string[] = []
  const listening = await createLoopbackListener().listen((url) => got.push(url))
  if (!listening.ok) throw new Error(listening.error.message)
  const { redirectUri, close } = listening.value
  onTestFinished(close)
  return { got, redirectUri, close, port: new URL(redirectUri).port }
}

const hit = (
  url: string,
  options: { method?: string; headers?: Record<string, string>; path?: string } = {},
): Promise<{ status: number; headers: Record<string, unknown>; body: string }> =>
  new Promise((resolve, reject) => {
    const message = request(url, options, (response) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => (body += chunk))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }))
    })
    message.on('error', reject)
    message.end()
  })

describe('createLoopbackListener', () => {
  it('takes the response at a free port and shows a page that can do nothing', async () => {
    const { got, redirectUri } = await listen()
    expect(redirectUri).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/oauth\/callback$/)
    const { status, headers, body } = await hit(`${redirectUri}?code=s3cret&state=b`)
    expect(status).toBe(200)
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/)
    expect(headers['cache-control']).toBe('no-store')
    expect(body).toContain('You can return to Gatehouse')
    expect(body).not.toMatch(/<script|s3cret/)
    expect(got).toEqual([`${redirectUri}?code=s3cret&state=b`])
    expect(readCallback(got[0] ?? '', { loopbackRedirectUris: [redirectUri] })).toMatchObject({
      ok: true,
      value: { kind: 'code', redirectUri },
    })
  })

  it('goes on waiting after answers that may be forged', async () => {
    const { got, redirectUri } = await listen()
    await hit(`${redirectUri}?code=forged&state=x`)
    await hit(`${redirectUri}?code=real&state=y`)
    expect(got).toHaveLength(2)
  })

  it.each<[string, number, Parameters<typeof hit>[1]]>([
    ['another path', 404, { path: '/' }],
    ['a longer path', 404, { path: '/oauth/callback/x?code=a' }],
    ['an absolute address', 404, { path: 'http://evil.example/oauth/callback?code=a' }],
    ['POST', 405, { method: 'POST' }],
    ['no query', 400, { path: '/oauth/callback' }],
    ['another Host (DNS rebinding)', 421, { headers: { host: 'evil.example' } }],
    ['our name with another port', 421, { headers: { host: '127.0.0.1:1' } }],
  ])('refuses %s', async (_name, status, options) => {
    const { got, redirectUri } = await listen()
    expect((await hit(`${redirectUri}?code=a&state=b`, options)).status).toBe(status)
    expect(got).toEqual([])
  })

  it('refuses headers beyond 64 KB without falling over', async () => {
    const { got, redirectUri } = await listen()
    const huge = await hit(`${redirectUri}?code=${'a'.repeat(70_000)}`).then(
      ({ status }) => status,
      () => 0,
    )
    expect(huge === 0 || huge >= 400).toBe(true)
    expect((await hit(`${redirectUri}?code=a&state=b`)).status).toBe(200)
    expect(got).toHaveLength(1)
  })

  it('gives the port back when it is closed, and many can listen at once', async () => {
    const all = await Promise.all(Array.from({ length: 10 }, listen))
    expect(new Set(all.map(({ port }) => port)).size).toBe(10)
    const [first] = all
    first?.close()
    await expect(hit(`${first?.redirectUri}?code=a&state=b`)).rejects.toThrow()
  })
})
