import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { FlowMessage, FlowView } from '../../../src/core/contract/flows.ts'
import type { RequestDraft } from '../../../src/core/contract/requests.ts'
import { createBrowser, signInAtProvider } from '../../support/playground-browser.ts'
import { scanForSecrets } from '../../support/scan.ts'
import { connectPlayground, openWorkbench, type Workbench } from '../../support/workbench.ts'

const alice = { username: 'alice', password: 'alice-password' }
let bench: Workbench

beforeEach(async () => {
  bench = await openWorkbench()
})
afterEach(() => bench.close())

const value = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

const start = async (connectionId: string): Promise<string> => {
  value(await bench.app.signIn.start({ connectionId }))
  return bench.opened.at(-1) ?? ''
}
const list = () => value(bench.app.flows.list({ limit: 50 }))
const newest = (kind: FlowView['kind']): FlowView => {
  const summary = list().find((flow) => flow.kind === kind)
  if (!summary) throw new Error(`no flow of kind ${kind}`)
  return value(bench.app.flows.get(summary.id))
}
const kinds = (flow: FlowView) => flow.messages.map(({ kind }) => kind)
const message = (flow: FlowView, kind: FlowMessage['kind']): FlowMessage => {
  const found = flow.messages.find((each) => each.kind === kind)
  if (!found) throw new Error(`no ${kind} in ${kinds(flow).join(', ')}`)
  return found
}
const states = ({ checks }: FlowMessage) => Object.fromEntries(checks.map(({ id, state }) => [id, state]))
const get = (url: string, accountId: string): RequestDraft => ({
  method: 'GET',
  url,
  query: [],
  headers: [],
  body: { kind: 'none' },
  accountId,
})

it('records a good sign-in with every message, its checks and the first call', async () => {
  const connectionId = await connectPlayground(bench)
  const url = await start(connectionId)
  expect(newest('sign-in')).toMatchObject({ outcome: 'running', tag: 'waits' })
  bench.clock.forward(6_200)
  const { accountId } = value(await bench.app.signIn.receive(await signInAtProvider(url, alice)))
  const send = async () =>
    value(
      await bench.app.sendRequest.send({
        sendId: randomUUID(),
        draft: get(`${bench.playground.apiBase}/orders`, accountId),
      }),
    )
  await send()
  await send()

  const flow = newest('sign-in')
  expect(flow).toMatchObject({ title: 'Sign in · alice', outcome: 'ok', tag: 'ok', dropped: 0 })
  expect(kinds(flow)).toEqual([
    'authorization-request',
    'authorization-unseen',
    'authorization-response',
    'token-request',
    'token-response',
    'keys-request',
    'keys-response',
    'checks',
    'api-request',
    'api-response',
  ])
  expect(flow.messages.map(({ number }) => number).filter(Boolean)).toEqual([1, 2, 3, 4, 5])
  expect(flow.parties.map(({ party }) => party)).toEqual(['app', 'browser', 'provider', 'api'])
  expect(message(flow, 'authorization-unseen').took).toBeGreaterThanOrEqual(6_200)

  const callback = message(flow, 'authorization-response')
  expect(states(callback)).toEqual({ state: 'valid', iss: 'valid' })
  expect(callback.parameters.find(({ name }) => name === 'code')).toMatchObject({
    value: '•••',
    hidden: true,
  })
  expect(message(flow, 'token-request').label).toBe('POST /token · code · code_verifier')
  expect(message(flow, 'token-response').label).toMatch(/^200 · access 120 s|^200 · access 2 min/)
  expect(states(message(flow, 'checks'))).toMatchObject({
    signature: 'valid',
    nonce: 'valid',
    audience: 'valid',
  })
  expect(message(flow, 'api-request').label).toMatch(/^GET .*orders · Bearer$/)
  expect(message(flow, 'api-response').tone).toBe('good')
})

it('keeps no secret of a flow, in the database and in exports', async () => {
  const url = await start(await connectPlayground(bench))
  const redirect = await signInAtProvider(url, alice)
  const { accountId } = value(await bench.app.signIn.receive(redirect))
  await bench.app.accounts.refresh(accountId)
  const text = (kind: 'access' | 'id' | 'refresh') => value(bench.app.tokens.reveal({ accountId, kind })).text
  const secrets = {
    code: new URL(redirect).searchParams.get('code') ?? '',
    state: new URL(redirect).searchParams.get('state') ?? '',
    access: text('access'),
    id: text('id'),
    refresh: text('refresh'),
  }
  expect(await scanForSecrets(bench.folder, secrets)).toEqual([])
  for (const { id } of list()) {
    for (const format of ['har', 'mermaid'] as const)
      value(await bench.app.flows.export({ id, format, to: 'clipboard' }))
    for (const { index, curl } of value(bench.app.flows.get(id)).messages)
      if (curl) value(await bench.app.flows.export({ id, format: 'curl', index }))
  }
  expect(bench.copied.length).toBeGreaterThan(6)
  for (const secret of Object.values(secrets)) expect(bench.copied.join('\n')).not.toContain(secret)
})

it('records refused callbacks with the code at their message, and the genuine one after them', async () => {
  const url = await start(await connectPlayground(bench))
  const redirect = await signInAtProvider(url, alice)
  await bench.app.signIn.receive(redirect.replace(/iss=[^&]+/, 'iss=https%3A%2F%2Fevil.example'))
  const refused = newest('sign-in')
  expect(refused).toMatchObject({ outcome: 'refused', code: 'callback_iss_mismatch', tag: 'iss' })
  const callback = message(refused, 'authorization-response')
  expect(callback).toMatchObject({ tone: 'bad', failure: { code: 'callback_iss_mismatch' } })
  expect(states(callback)).toEqual({ state: 'valid', iss: 'invalid' })
  expect(refused.says).toContain('refused at step 2')

  await bench.app.signIn.receive('app.gatehouse.desktop:/oauth/callback?code=abcdefgh&state=forgedstate')
  const stray = newest('callback')
  expect(stray).toMatchObject({ outcome: 'failed', code: 'callback_state_unknown', tag: 'state' })
  expect(states(message(stray, 'authorization-response'))).toEqual({ state: 'invalid', iss: 'not-checked' })
  expect(JSON.stringify(stray)).not.toMatch(/abcdefgh|forgedstate/)

  value(await bench.app.signIn.receive(redirect))
  const good = newest('sign-in')
  expect(good).toMatchObject({ id: refused.id, outcome: 'ok' })
  expect(good.failure).toBeUndefined()
  expect(good.messages.filter(({ kind }) => kind === 'authorization-response')).toHaveLength(2)
})

it('records a failed token exchange at the message at which it ended', async () => {
  const url = await start(await connectPlayground(bench))
  const redirect = await signInAtProvider(url, alice)
  const failed = await bench.app.signIn.receive(redirect.replace(/code=[^&]+/, 'code=not-the-right-code'))
  expect(failed).toMatchObject({ ok: false, error: { code: 'token_invalid_grant' } })
  const flow = newest('sign-in')
  expect(flow).toMatchObject({ outcome: 'failed', code: 'token_invalid_grant', tag: 'grant' })
  expect(flow.messages.at(-1)).toMatchObject({
    kind: 'token-response',
    label: '400 · invalid_grant',
    tone: 'bad',
    failure: { code: 'token_invalid_grant' },
  })
})

it('records a denied, a cancelled and an unanswered sign-in', async () => {
  const connectionId = await connectPlayground(bench)
  const denied = await signInAtProvider(await start(connectionId), { ...alice, decision: 'deny' })
  await bench.app.signIn.receive(denied)
  expect(newest('sign-in')).toMatchObject({
    outcome: 'failed',
    code: 'callback_provider_error',
    tag: 'denied',
  })
  expect(states(message(newest('sign-in'), 'authorization-response'))).toMatchObject({ state: 'valid' })

  const pending = value(await bench.app.signIn.start({ connectionId }))
  value(bench.app.signIn.cancel(pending.id))
  expect(value(bench.app.flows.get(pending.id))).toMatchObject({ outcome: 'cancelled' })

  const doubted = value(await bench.app.signIn.start({ connectionId }))
  const answer = await signInAtProvider(bench.opened.at(-1) ?? '', alice)
  await bench.app.signIn.receive(answer.replace(/&iss=[^&]+/, ''))
  value(bench.app.signIn.cancel(doubted.id))
  expect(value(bench.app.flows.get(doubted.id))).toMatchObject({
    outcome: 'failed',
    code: 'callback_iss_missing',
  })

  const late = value(await bench.app.signIn.start({ connectionId }))
  bench.timers.findLast(({ milliseconds }) => milliseconds > 1_000)?.then()
  expect(value(bench.app.flows.get(late.id))).toMatchObject({ outcome: 'failed', code: 'sign_in_timed_out' })
})

it('records a refresh with rotation, and a failed one', async () => {
  const url = await start(await connectPlayground(bench))
  const { accountId } = value(await bench.app.signIn.receive(await signInAtProvider(url, alice)))
  value(await bench.app.accounts.refresh(accountId))
  const flow = newest('refresh')
  expect(flow).toMatchObject({ title: 'Refresh · alice', outcome: 'ok' })
  expect(flow.says).toMatch(/^rotated · \d step/)
  expect(kinds(flow).slice(0, 2)).toEqual(['token-request', 'token-response'])
  expect(message(flow, 'token-request').parameters.find(({ name }) => name === 'refresh_token')?.hidden).toBe(
    true,
  )

  await bench.playground.stop()
  await bench.app.accounts.refresh(accountId)
  const failed = newest('refresh')
  expect(failed).toMatchObject({
    outcome: 'failed',
    code: expect.stringMatching(/^token_network_(cut|refused)$/),
  })
  expect(failed.messages.at(-1)).toMatchObject({
    kind: 'token-response',
    label: expect.stringMatching(/^no response · (cut|refused)$/),
    tone: 'bad',
  })
})

it('keeps flows of many sign-ins at once apart, also over a restart', async () => {
  const connectionId = await connectPlayground(bench)
  const urls = [await start(connectionId), await start(connectionId)]
  const redirects = await Promise.all([
    signInAtProvider(urls[0] ?? '', alice),
    signInAtProvider(urls[1] ?? '', { username: 'bob', password: 'bob-password' }),
  ])
  await Promise.all(redirects.map((redirect) => bench.app.signIn.receive(redirect)))
  const titles = list()
    .filter(({ kind }) => kind === 'sign-in')
    .map(({ title }) => title)
  expect(titles.sort()).toEqual(['Sign in · alice', 'Sign in · bob'])
  for (const { id } of list().filter(({ kind }) => kind === 'sign-in'))
    expect(kinds(value(bench.app.flows.get(id))).filter((kind) => kind === 'token-request')).toHaveLength(1)

  const url = await start(connectionId)
  const redirect = await createBrowser().signIn(url, alice)
  await bench.restart()
  value(await bench.app.signIn.receive(redirect))
  expect(kinds(newest('sign-in')).slice(0, 4)).toEqual([
    'authorization-request',
    'authorization-unseen',
    'authorization-response',
    'token-request',
  ])
})

it('records discovery, good and failed, pages by key, compares and removes', async () => {
  await connectPlayground(bench)
  const discovery = newest('discovery')
  expect(kinds(discovery)).toEqual(['discovery-request', 'discovery-response'])
  expect(message(discovery, 'discovery-response').label).toMatch(/^200 · \d+ fields · S256 · iss$/)
  await bench.app.connections.discover({
    issuer: `${bench.playground.apiBase}/nothing`,
    allowInsecure: false,
  })
  const failed = newest('discovery')
  expect(failed).toMatchObject({ outcome: 'failed', code: expect.stringMatching(/^discovery_/) })

  const [first] = value(bench.app.flows.list({ limit: 1 }))
  const rest = value(
    bench.app.flows.list({ limit: 50, before: { startedAt: first?.startedAt ?? 0, id: first?.id ?? '' } }),
  )
  expect([first, ...rest]).toEqual(list())

  const found = (search: string) => value(bench.app.flows.list({ limit: 50, search })).map(({ id }) => id)
  expect(found('discovery failed')).toEqual([failed.id])
  expect(found('discovery')).toEqual(expect.arrayContaining([discovery.id, failed.id]))
  expect(found('nobody')).toEqual([])

  const compared = value(bench.app.flows.compare({ left: discovery.id, right: failed.id }))
  expect(compared.says[0]).toContain('ok')
  expect(compared.rows[1]?.differences.map(({ what }) => what)).toContain('status')

  value(bench.app.flows.remove({ id: failed.id }))
  expect(bench.app.flows.get(failed.id)).toMatchObject({ ok: false, error: { code: 'flow_unknown' } })
  value(bench.app.flows.remove({}))
  expect(list()).toEqual([])
})
