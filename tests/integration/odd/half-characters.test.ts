import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Result } from '../../../src/core/contract/result.ts'
import { openOddBench, value, type OddBench } from '../../support/odd-workbench.ts'

// A lone surrogate is no character: JSON can spell one, UTF-8 can't. A provider that sends one gets an answer with a
// reason, or is taken at what can be kept of it; nothing of it is a defect.

const half = '\ud800'
const halves = [half, `a${half}`, `\udfffb`, `${half}\0`]
let world: OddBench

beforeEach(async () => {
  world = await openOddBench()
})
afterEach(() => world.close())

/** Fine, or with a code that tells why. */
const hasReason = (result: Result<unknown>): void => {
  if (!result.ok) expect(result.error.code).toMatch(/^(?!internal$)[a-z_]+$/)
}
/** All that shows an account, its sign-in and what was recorded, can be had and sent to the page. */
const everythingShows = async (): Promise<void> => {
  const { app } = world.bench
  const listed = value(app.first.accounts())
  for (const { id } of listed) {
    hasReason(await app.accounts.get(id))
    hasReason(await app.accounts.refresh(id))
    hasReason(await app.accountActions.userinfo(id))
  }
  const flows = value(app.flows.list({ limit: 50 }))
  for (const { id } of flows) {
    hasReason(app.flows.get(id))
    hasReason(await app.flows.export({ id, format: 'har', to: 'clipboard' }))
  }
  structuredClone([listed, flows])
}
const tokens = (part: object = {}) => ({
  body: { access_token: 'opaque', refresh_token: 'again', token_type: 'Bearer', expires_in: 3600, ...part },
})

it.each(halves)('in the claims of an ID token (%j)', async (text) => {
  const { odd } = world
  for (const claims of [
    { name: text },
    { email: text, preferred_username: text },
    { sub: text },
    { [text]: 1 },
  ]) {
    odd.answers['/token'] = async () => tokens({ id_token: await odd.idToken(claims) })
    hasReason(await world.signIn(await world.connect({ scope: 'openid' })))
    await everythingShows()
  }
})

it.each(halves)('in what userinfo says (%j)', async (text) => {
  const { odd } = world
  odd.answers['/token'] = async () => tokens({ id_token: await odd.idToken() })
  hasReason(await world.signIn(await world.connect({ scope: 'openid' })))
  for (const claims of [
    { sub: 'alice', name: text },
    { sub: text },
    { sub: 'alice', address: { [text]: text } },
  ]) {
    odd.answers['/userinfo'] = () => ({ body: claims })
    await everythingShows()
  }
})

it.each(halves)('in errors and tokens of the token endpoint (%j)', async (text) => {
  const { odd } = world
  for (const body of [
    { error: text, error_description: text },
    { error: 'invalid_grant', error_description: text, error_uri: text },
  ]) {
    odd.answers['/token'] = () => ({ status: 400, body })
    const refused = await world.signIn(await world.connect())
    expect(refused.ok).toBe(false)
    hasReason(refused)
    await everythingShows()
  }
  for (const part of [
    { access_token: text },
    { scope: text },
    { refresh_token: text },
    { token_type: text },
  ]) {
    odd.answers['/token'] = () => tokens(part)
    hasReason(await world.signIn(await world.connect()))
    await everythingShows()
  }
})

it.each(halves)('in metadata (%j)', async (text) => {
  const { odd } = world
  const before = odd.answers['/.well-known/openid-configuration']
  for (const part of [
    { scopes_supported: [text] },
    { issuer: text },
    { token_endpoint: text },
    { [text]: text },
  ]) {
    odd.answers['/.well-known/openid-configuration'] = async (request) => {
      const sound = (await before?.(request))?.body as object
      return { body: { ...sound, ...part } }
    }
    hasReason(await world.bench.app.connections.discover({ issuer: odd.issuer, allowInsecure: false }))
    hasReason(await world.bench.app.connectUrl.read({ text: odd.issuer, allowInsecure: false }))
  }
  await everythingShows()
})

it('in a redirect, spelled as UTF-8 cannot be', async () => {
  for (const text of ['%ED%A0%80', '%ff', '%00', '\ud800']) {
    value(await world.bench.app.signIn.start({ connectionId: await world.connect() }))
    const asked = new URL(world.bench.opened.at(-1) ?? '').searchParams
    const back = `${asked.get('redirect_uri')}?state=${asked.get('state')}`
    hasReason(await world.bench.app.signIn.receive(`${back}&error=access_denied&error_description=${text}`))
    hasReason(await world.bench.app.signIn.receive(`${back}&code=${text}`))
  }
  await everythingShows()
})
