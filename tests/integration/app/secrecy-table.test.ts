import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { RequestDraft } from '../../../src/core/contract/requests.ts'
import { scanForSecrets } from '../../support/scan.ts'
import { saveOwn } from '../../support/own-requests.ts'
import { openWorkbench, type Workbench } from '../../support/workbench.ts'
import { core, secrets, textsIn } from '../../unit/core/secrecy/secrets.ts'
import { spelled } from '../../unit/core/secrecy/spelled.ts'

let bench: Workbench
let base = ''
let answer: (request: IncomingMessage, response: ServerResponse) => void = () => undefined
const server = createServer((request, response) => {
  request.resume()
  request.on('end', () => answer(request, response))
})
beforeAll(async () => {
  bench = await openWorkbench()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await bench.close()
})

const value = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
const row = (name: string, text: string) => ({ name, value: text, enabled: true })
const draft = (part: Partial<RequestDraft>): RequestDraft => ({
  method: 'POST',
  url: `${base}/echo`,
  query: [],
  headers: [],
  body: { kind: 'none' },
  accountId: null,
  ...part,
})
const ascii = (text: string) => /^[\x21-\x7e]*$/.test(text)
const local = () => value(bench.app.first.environments())[0]?.id ?? ''

/** Every place in which a secret may be sent; `undefined` where it cannot be there. */
const sent: Record<string, (secret: string) => Partial<RequestDraft> | undefined> = {
  'a secret variable': (secret) => {
    const variables = [{ name: 'key', secret: true, value: secret }]
    value(bench.app.environments.saveVariables({ id: local(), variables }))
    return { body: { kind: 'text', text: 'x={{key}}', contentType: 'text/plain' } }
  },
  'a header': (secret) => (ascii(secret) ? { headers: [row('X-Otp', secret)] } : undefined),
  'a bearer token': (secret) =>
    ascii(secret) ? { headers: [row('Authorization', `Bearer ${secret}`)] } : undefined,
  'the password of Basic': (secret) => ({
    headers: [row('Authorization', `Basic ${Buffer.from(`ann:${secret}`).toString('base64')}`)],
  }),
  'the user name of Basic': (secret) => ({
    headers: [row('Authorization', `Basic ${Buffer.from(`${secret}:`).toString('base64')}`)],
  }),
  'a cookie': (secret) =>
    ascii(secret) && !/[";]/.test(secret)
      ? { headers: [row('Cookie', `a=b; sid=${secret}; c=d`)] }
      : undefined,
  'a parameter': (secret) => ({ query: [row('api_key', secret), row('page', '2')] }),
  'a form field': (secret) => ({ body: { kind: 'form', fields: [row('passcode', secret), row('a', 'b')] } }),
  'a JSON member': (secret) => ({
    body: { kind: 'json', text: JSON.stringify({ user: { mnemonic: secret }, a: 1 }) },
  }),
}

it.each(Object.keys(sent))('a secret that was sent as %s comes back nowhere', async (place) => {
  const leaks: string[] = []
  for (const [name, secret] of Object.entries(secrets)) {
    const part = sent[place]?.(secret)
    if (part === undefined) continue
    const all = spelled(secret)
    answer = (request, response) => {
      if (request.url?.startsWith('/end') !== true)
        return void response.writeHead(302, { location: `/end?t=${encodeURIComponent(secret)}` }).end()
      all.forEach(([, text], index) => {
        if (ascii(text)) response.setHeader(`X-Echo-${index}`, text)
      })
      response.setHeader('Content-Type', 'text/plain; charset=utf-8')
      response.end(all.map(([, text]) => `line: <${text}>`).join('\n'))
    }
    const exchange = value(await bench.app.sendRequest.send({ sendId: randomUUID(), draft: draft(part) }))
    expect(exchange.status).toBe(200)
    const view = [
      ...textsIn(exchange),
      ...textsIn(value(bench.app.history.get({ id: exchange.id }))),
      ...textsIn(value(bench.app.history.list({ limit: 1 }))),
    ]
    const body = value(bench.app.history.body({ id: exchange.id, offset: 0, length: 1_000_000 })).bytes
    const bytes = Buffer.from(body)
    for (const [spelling, text] of all) {
      const looked = core(spelling, text)
      if (view.some((each) => each.includes(looked))) leaks.push(`${name}, ${spelling}: view`)
      if (bytes.includes(looked)) leaks.push(`${name}, ${spelling}: body`)
    }
  }
  expect(leaks).toEqual([])
})

it('leaves none of them in any file of the profile', async () => {
  const long = Object.entries(secrets).filter(([, text]) => text.length >= 8)
  expect(await scanForSecrets(bench.folder, Object.fromEntries(long))).toEqual([])
})

it('covers what a token endpoint that was asked by hand hands out, and says so', async () => {
  const tokens = {
    access: 'marked-access-93847561',
    refresh: 'marked-refresh-12983476',
    device: 'marked-device-55512847',
    cookie: 'marked-cookie-70192837',
    code: 'marked-code-88172634',
    info: 'marked-info-61527384',
  }
  answer = (_request, response) => {
    response.setHeader('Set-Cookie', `session=${tokens.cookie}; Path=/`)
    response.setHeader('Authentication-Info', `nextnonce="${tokens.info}"`)
    response.setHeader('Location', `https://app.example/cb?code=${tokens.code}&state=x`)
    response.setHeader('Content-Type', 'application/json')
    const { access, refresh, device } = tokens
    response.end(
      JSON.stringify({
        access_token: access,
        refresh_token: refresh,
        device_code: device,
        echo: tokens.cookie,
      }),
    )
  }
  const body = {
    kind: 'form' as const,
    fields: [row('grant_type', 'password'), row('code', 'marked-sent-33344455')],
  }
  const exchange = value(await bench.app.sendRequest.send({ sendId: randomUUID(), draft: draft({ body }) }))
  expect(exchange.notes?.join()).toContain('contains tokens')
  const stored = value(bench.app.history.body({ id: exchange.id, offset: 0, length: 10_000 }))
  expect(JSON.stringify(exchange) + Buffer.from(stored.bytes).toString()).not.toContain('marked')
  expect(await scanForSecrets(bench.folder, tokens)).toEqual([])
})

// Last, as it stores them in plain on purpose: in saved requests and in a variable that is no secret.
it.each(Object.entries(secrets))('an export holds %s in no spelling', async (_name, secret) => {
  const variables = [
    { name: 'key', secret: true, value: secret },
    { name: 'plain', secret: false, value: `beside ${secret}` },
  ]
  value(bench.app.environments.saveVariables({ id: local(), variables }))
  for (const [, text] of spelled(secret)) {
    const body = { kind: 'text' as const, text, contentType: 'text/plain' }
    await saveOwn(bench.app, text.slice(0, 60).trim() || 'x', draft({ body }))
  }
  value(await bench.app.vaultFile.export({ password: 'export with these words' }))
  const bytes = Buffer.from(bench.exported?.bytes ?? [])
  expect(bytes.length).toBeGreaterThan(secret.length)
  const leaks = spelled(secret).filter(([spelling, text]) => bytes.includes(core(spelling, text)))
  expect(leaks).toEqual([])
})
