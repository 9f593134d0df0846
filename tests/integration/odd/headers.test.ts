import { afterEach, beforeEach, expect, it } from 'vitest'
import type { RequestDraft } from '../../../src/core/contract/requests.ts'
import { openOddBench, value, type OddBench } from '../../support/odd-workbench.ts'
import { scanForSecrets } from '../../support/scan.ts'

let odd: OddBench
beforeEach(async () => {
  odd = await openOddBench()
})
afterEach(() => odd.close())

const token = `tok-${'0123456789'.repeat(900)}`.slice(0, 9_000)
const handedOut = { 'X-Subject-Token': token, 'X-CSRF-Token': 'csrf-123', 'Set-Cookie': 'sid=abc123; Path=/' }
const draft = (headers: [string, string][] = []): RequestDraft => ({
  method: 'GET',
  url: `${odd.odd.issuer}/api`,
  query: [],
  headers: headers.map(([name, text]) => ({ name, value: text, enabled: true })),
  body: { kind: 'none' },
  accountId: null,
})
const send = async (headers?: [string, string][]) =>
  value(await odd.bench.app.sendRequest.send({ sendId: crypto.randomUUID(), draft: draft(headers) }))
/** Where a header is, by its name. */
const at = (view: Awaited<ReturnType<typeof send>>, name: string): number =>
  (view.response?.headers ?? []).findIndex(([each]) => each.toLowerCase() === name.toLowerCase())

it('covers the tokens in a response’s headers, and gives them by the user’s press', async () => {
  const { app } = odd.bench
  odd.odd.answers['/api'] = () => ({ headers: handedOut, body: { ok: true } })
  const view = await send()
  expect(JSON.stringify(view)).not.toMatch(/tok-0123|csrf-123|abc123/)
  expect(view.response?.covered?.held).toBe(true)
  const which = (name: string) => ({ id: view.id, header: at(view, name) })
  expect(view.response?.covered?.headers.toSorted()).toEqual(
    Object.keys(handedOut)
      .map((name) => at(view, name))
      .toSorted(),
  )
  for (const [name, text] of Object.entries(handedOut)) {
    expect(value(app.responseHeaders.reveal(which(name))).text).toBe(text)
    value(await app.responseHeaders.copy(which(name)))
    expect(odd.bench.clipboard).toBe(text)
  }
  expect(app.responseHeaders.reveal({ id: view.id, header: at(view, 'content-type') })).toMatchObject({
    error: { code: 'header_not_kept' },
  })
  expect(await scanForSecrets(odd.bench.folder, { token, csrf: 'csrf-123', cookie: 'sid=abc123' })).toEqual(
    [],
  )
})

it('says in the history whether they can still be had', async () => {
  const { app } = odd.bench
  odd.odd.answers['/api'] = () => ({ headers: handedOut, body: {} })
  const { id } = await send()
  const again = value(app.history.get({ id }))
  expect(again.response?.covered?.held).toBe(true)
  const header = at(again, 'x-csrf-token')
  expect(value(app.responseHeaders.reveal({ id, header })).text).toBe('csrf-123')
  value(app.responseHeaders.release({ id }))
  expect(value(app.history.get({ id })).response?.covered).toEqual({
    headers: again.response?.covered?.headers,
    held: false,
  })
  expect(app.responseHeaders.reveal({ id, header })).toMatchObject({
    error: { code: 'header_not_kept', next: 'Send the request again.' },
  })
})

it('puts them into variables: whole, and of a cookie its value', async () => {
  const { app } = odd.bench
  odd.odd.answers['/api'] = () => ({ headers: handedOut, body: {} })
  const view = await send()
  const keep = (header: string, name: string) =>
    app.responseHeaders.toVariable({ id: view.id, header: at(view, header), name })
  value(keep('x-subject-token', 'subject'))
  value(keep('set-cookie', 'sid'))
  value(keep('x-csrf-token', 'sid2'))
  value(keep('x-csrf-token', 'subject2'))
  value(keep('set-cookie', 'subject2'))
  const [environment] = value(app.first.environments())
  expect(environment?.variables).toEqual(
    ['subject', 'sid', 'sid2', 'subject2'].map((name) => ({ name, secret: true })),
  )
  await send([
    ['X-Subject-Token', '{{subject}}'],
    ['Cookie', 'sid={{sid}}; other={{subject2}}'],
  ])
  expect(odd.odd.at('/api').at(-1)?.headers).toMatchObject({
    'x-subject-token': token,
    cookie: 'sid=abc123; other=abc123',
  })
})

it('keeps a secret variable covered where the API sends it back', async () => {
  const { app } = odd.bench
  const [environment] = value(app.first.environments())
  value(
    app.environments.saveVariables({
      id: environment?.id ?? '',
      variables: [{ name: 'sec', secret: true, value: 's3cretvalue' }],
    }),
  )
  odd.odd.answers['/api'] = ({ headers }) => ({
    headers: { 'X-Echo-Token': `a-${String(headers['x-key'])}`, 'X-CSRF-Token': 'csrf-123' },
    body: {},
  })
  const view = await send([['X-Key', '{{sec}}']])
  const { text } = value(app.responseHeaders.reveal({ id: view.id, header: at(view, 'x-echo-token') }))
  expect(text).not.toContain('s3cretvalue')
  expect(value(app.responseHeaders.reveal({ id: view.id, header: at(view, 'x-csrf-token') })).text).toBe(
    'csrf-123',
  )
})

it('forgets them when it is locked', async () => {
  const { app } = odd.bench
  odd.odd.answers['/api'] = () => ({ headers: handedOut, body: {} })
  const view = await send()
  await app.settle()
  expect(app.responseHeaders.reveal({ id: view.id, header: at(view, 'set-cookie') })).toMatchObject({
    error: { code: 'header_not_kept' },
  })
})

it('shows UTF-8 in headers as text, and covers what is secret in it', async () => {
  const { app } = odd.bench
  const [environment] = value(app.first.environments())
  const secret = 'zażółć-gęślą'
  value(
    app.environments.saveVariables({
      id: environment?.id ?? '',
      variables: [{ name: 'sec', secret: true, value: secret }],
    }),
  )
  const bytes = (text: string) => Buffer.from(text).toString('latin1')
  odd.odd.answers['/api'] = () => ({
    headers: {
      'X-City': bytes('Łódź'),
      'X-Old': 'caf\xe9',
      'X-CSRF-Token': bytes('jaźń-123'),
      'X-Echo': bytes(secret),
      'X-Cut': `${bytes(secret)}\xc5`,
    },
    body: {},
  })
  const query = [{ name: 'q', value: '{{sec}}', enabled: true }]
  const sent = { sendId: crypto.randomUUID(), draft: { ...draft(), query } }
  const view = value(await app.sendRequest.send(sent))
  const headers = new Map(view.response?.headers.map(([name, text]) => [name.toLowerCase(), text]))
  expect(headers.get('x-city')).toBe('Łódź')
  expect(headers.get('x-old')).toBe('café')
  expect(headers.get('x-echo')).toBe('{{sec}}')
  expect(headers.get('x-cut')).toBe('{{sec}}\xc5')
  const csrf = { id: view.id, header: at(view, 'x-csrf-token') }
  expect(value(app.responseHeaders.reveal(csrf)).text).toBe('jaźń-123')
  value(await app.responseHeaders.copy(csrf))
  expect(odd.bench.clipboard).toBe('jaźń-123')
  expect(value(app.history.get({ id: view.id })).response?.headers).toContainEqual(['X-City', 'Łódź'])
  expect(value(await app.history.find({ limit: 2, search: 'łódź' })).rows).toHaveLength(1)
  expect(await scanForSecrets(odd.bench.folder, { secret, mojibake: bytes(secret) })).toEqual([])
})
