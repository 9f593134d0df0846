import { afterAll, afterEach, beforeEach, expect, it } from 'vitest'
import { createOauthFetch } from '../../../src/node/net/fetch.ts'
import type { Fetch } from '../../../src/core/oauth/wire/fetch.ts'
import type { RegistrationDraft } from '../../../src/core/contract/connect.ts'
import { signInAtProvider } from '../../support/playground-browser.ts'
import { scanForSecrets } from '../../support/scan.ts'
import { openWorkbench, type Workbench } from '../../support/workbench.ts'

let bench: Workbench
/** What the provider answered to registrations, before it was sealed. */
let answers: Record<string, unknown>[]
const wire = createOauthFetch({ now: () => Date.now() })
beforeEach(async () => {
  answers = []
  const listening: Fetch = async (url, options) => {
    const response = await wire(url, options)
    if (response.status === 201)
      answers.push(JSON.parse(await response.clone().text()) as Record<string, unknown>)
    return response
  }
  bench = await openWorkbench({ overrides: { net: { fetch: listening } } })
})
afterEach(() => bench.close())
afterAll(() => wire.close())

const alice = { username: 'alice', password: 'alice-password' }
const draft = (part: Partial<RegistrationDraft> = {}): RegistrationDraft => ({
  name: 'Registered',
  issuer: bench.playground.issuer,
  allowInsecure: false,
  scope: 'openid profile offline_access orders:read',
  resource: bench.playground.apiBase,
  redirectKind: 'custom-scheme',
  clientAuthentication: 'none',
  ...part,
})

const register = async (part: Partial<RegistrationDraft> = {}) => {
  const result = await bench.app.registerClient.register(draft(part))
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`)
  return result.value.connection
}

const signIn = async (connectionId: string) => {
  const started = await bench.app.signIn.start({ connectionId })
  if (!started.ok) throw new Error(started.error.message)
  const redirect = await signInAtProvider(bench.opened.at(-1) ?? '', alice)
  return bench.app.signIn.receive(redirect)
}

it.each<Partial<RegistrationDraft>>([
  { clientAuthentication: 'none' },
  { clientAuthentication: 'client_secret_basic' },
  { clientAuthentication: 'client_secret_post' },
])('registers, and the new client signs in: %o', async (part) => {
  const connection = await register(part)
  expect(connection).toMatchObject({ ...part, hasClientSecret: part.clientAuthentication !== 'none' })
  expect(connection.clientId).not.toBe('')
  expect(await signIn(connection.id)).toMatchObject({ ok: true })
})

it('keeps no secret of it in plain text, neither on the disk nor in the recorded flow', async () => {
  const connection = await register({ clientAuthentication: 'client_secret_basic' })
  expect(connection.hasClientSecret).toBe(true)
  const { client_secret, registration_access_token } = answers[0] ?? {}
  const secrets = { client_secret: String(client_secret), token: String(registration_access_token) }
  expect(secrets.client_secret.length).toBeGreaterThan(20)
  expect(secrets.token.length).toBeGreaterThan(20)
  expect(await scanForSecrets(bench.folder, secrets)).toEqual([])
  const flows = bench.app.flows.list({ limit: 20 })
  const shown = JSON.stringify(flows.ok ? flows.value.map(({ id }) => bench.app.flows.get(id)) : [])
  expect(shown).toContain('registration_access_token')
  for (const secret of Object.values(secrets)) expect(shown).not.toContain(secret)
})

it('saves nothing where the provider does not register', async () => {
  const refused = await bench.app.registerClient.register(draft({ scope: 'no-such-scope' }))
  expect(refused).toMatchObject({ ok: false, error: { code: 'registration_refused' } })
  const connections = bench.app.first.connections()
  expect(connections.ok && connections.value).toEqual([])
})
