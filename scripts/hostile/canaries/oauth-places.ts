import { randomUUID } from 'node:crypto'
import type { ConnectionDraft } from '../../../src/core/contract/connections.ts'
import type { OddAnswer } from '../../../tests/support/odd-provider.ts'
import type { Place } from './places.ts'
import type { World } from './world.ts'

/** Saves a connection to the server, with what it may ask for changed. */
export async function connect(world: World, change: Partial<ConnectionDraft> = {}): Promise<string> {
  const draft: ConnectionDraft = {
    name: `Connection ${randomUUID()}`,
    provider: { issuer: world.odd.issuer },
    clientId: 'a-client',
    clientAuthentication: 'none',
    scope: 'read',
    redirectKind: 'custom-scheme',
    allowInsecure: false,
    ...change,
  }
  return ((await world.must('connections:save', draft)) as { id: string }).id
}

/** A sound answer of the token endpoint. */
export const tokens = (part: Record<string, unknown> = {}): OddAnswer => ({
  body: {
    access_token: `access-${randomUUID()}`,
    refresh_token: `refresh-${randomUUID()}`,
    token_type: 'Bearer',
    expires_in: 3600,
    ...part,
  },
})

/** Signs in with a redirect that carries `code`; the outcome as it comes. */
export async function signIn(world: World, connectionId: string, code = `code-${randomUUID()}`) {
  await world.must('sign-in:start', { connectionId })
  const asked = new URL(world.bench.opened.at(-1) ?? '').searchParams
  const back = new URL(asked.get('redirect_uri') ?? '')
  back.searchParams.set('code', code)
  back.searchParams.set('state', asked.get('state') ?? '')
  world.also[`state ${randomUUID()}`] = asked.get('state') ?? ''
  const done = await world.call('sign-in:paste', { redirectUrl: back.href })
  const verifier = world.odd.at('/token').at(-1)?.form.get('code_verifier')
  if (verifier) world.also[`verifier ${randomUUID()}`] = verifier
  return done
}

/** Signs in with success, refreshes once, asks the account. */
async function useAccount(world: World, connectionId: string, code?: string): Promise<void> {
  const { value, error } = await signIn(world, connectionId, code)
  if (error) throw new Error(`sign-in: ${error.code}`)
  const { accountId } = value as { accountId: string }
  await world.must('accounts:get', { id: accountId })
  await world.send({ accountId })
}

/** What a sign-in is given by the user, the client or the provider. */
export const oauthPlaces: Record<string, Place> = {
  'a client secret': {
    alphabet: 'any',
    plant: async (world, canary, round) => {
      world.odd.answers['/token'] = () => tokens()
      const clientAuthentication = round % 2 === 0 ? 'client_secret_basic' : 'client_secret_post'
      await useAccount(world, await connect(world, { clientAuthentication, clientSecret: canary }))
    },
  },
  'a client secret that an error repeats': {
    alphabet: 'token',
    plant: async (world, canary) => {
      world.odd.answers['/token'] = () => ({
        status: 400,
        body: { error: 'invalid_client', error_description: `secret ${canary} is wrong` },
      })
      const id = await connect(world, { clientAuthentication: 'client_secret_post', clientSecret: canary })
      await signIn(world, id)
    },
  },
  'an authorization code': {
    alphabet: 'token',
    plant: async (world, canary) => {
      world.odd.answers['/token'] = () => tokens()
      await useAccount(world, await connect(world), canary)
    },
  },
  'a code that is refused': {
    alphabet: 'token',
    plant: async (world, canary) => {
      world.odd.answers['/token'] = ({ form }) => ({
        status: 400,
        body: { error: 'invalid_grant', error_description: `code ${form.get('code')} was used` },
      })
      await signIn(world, await connect(world), canary)
    },
  },
  'a redirect that nobody waits for': {
    alphabet: 'token',
    plant: (world, canary) =>
      world.call('sign-in:paste', {
        redirectUrl: `app.gatehouse.desktop:/callback?code=${canary}&state=unknown`,
      }),
  },
  'an access token': {
    alphabet: 'token',
    plant: async (world, canary) => {
      world.odd.answers['/token'] = () => tokens({ access_token: canary })
      await useAccount(world, await connect(world))
    },
  },
  'a refresh token': {
    alphabet: 'token',
    plant: async (world, canary) => {
      world.odd.answers['/token'] = () => tokens({ refresh_token: canary })
      await useAccount(world, await connect(world))
    },
  },
  'a refresh token that is rotated': {
    alphabet: 'token',
    plant: async (world, canary) => {
      world.odd.answers['/token'] = () => tokens({ refresh_token: canary })
      const { value } = await signIn(world, await connect(world))
      world.odd.answers['/token'] = () => tokens()
      await world.must('accounts:refresh', { id: (value as { accountId: string }).accountId })
    },
  },
  'a cookie of a token answer': {
    alphabet: 'token',
    plant: async (world, canary) => {
      world.odd.answers['/token'] = () => ({ ...tokens(), headers: { 'set-cookie': `sid=${canary}` } })
      await useAccount(world, await connect(world))
    },
  },
  'a further member of a token answer': {
    alphabet: 'token',
    plant: async (world, canary) => {
      world.odd.answers['/token'] = () => tokens({ api_key: canary })
      await useAccount(world, await connect(world))
    },
  },
  'a token answer that is no JSON': {
    alphabet: 'token',
    plant: async (world, canary) => {
      world.odd.answers['/token'] = () => ({
        headers: { 'content-type': 'text/html' },
        body: `<p>access_token=${canary}</p>`,
      })
      await signIn(world, await connect(world))
    },
  },
  'an ID token': {
    alphabet: 'token',
    plant: async (world, canary) => {
      const idToken = await world.odd.idToken({ aud: 'a-client', jti: canary })
      world.also[`the ID token of ${canary}`] = idToken.split('.')[2] ?? ''
      world.odd.answers['/token'] = () => tokens({ id_token: idToken })
      // Whether it is accepted or refused: its text is nowhere.
      await signIn(world, await connect(world, { scope: 'openid read' }))
    },
  },
  'a password for a token': {
    alphabet: 'any',
    plant: async (world, canary) => {
      world.odd.answers['/token'] = () => tokens()
      await world.call('sign-in:direct', {
        connectionId: await connect(world),
        input: { grant: 'password', username: 'ann', password: canary },
      })
    },
  },
  'an assertion': {
    alphabet: 'token',
    plant: async (world, canary) => {
      world.odd.answers['/token'] = () => ({ status: 400, body: { error: 'invalid_grant' } })
      await world.call('sign-in:direct', {
        connectionId: await connect(world),
        input: { grant: 'jwt_bearer', from: { assertion: `eyJhbGciOiJIUzI1NiJ9.e30.${canary}` } },
      })
    },
  },
  'a token to exchange': {
    alphabet: 'token',
    plant: async (world, canary) => {
      world.odd.answers['/token'] = () => tokens()
      const subject = { token: canary, type: 'urn:ietf:params:oauth:token-type:access_token' }
      await world.call('sign-in:direct', {
        connectionId: await connect(world),
        input: { grant: 'token_exchange', subject },
      })
    },
  },
  'a password of the vault': {
    alphabet: 'any',
    needsVault: true,
    plant: async (world, canary) => {
      const { user } = (await world.must('vault:state', {})) as { user: { id: string } }
      const before = world.also['the vault’s password']
      const proof = before === undefined ? {} : { password: before }
      await world.must('vault:guard', { guard: 'password', newPassword: canary, ...proof })
      world.also['the vault’s password'] = canary
      await world.must('vault:lock', {})
      await world.call('vault:unlock', { userId: user.id, password: `${canary}!` })
      await world.must('vault:unlock', { userId: user.id, password: canary })
    },
  },
  'a password of an export': {
    alphabet: 'any',
    plant: async (world, canary) => {
      await world.must('vault:export', { password: canary })
      world.keepExport()
    },
  },
  'an import that is refused': {
    alphabet: 'any',
    plant: async (world, canary) => {
      const bytes = new TextEncoder().encode(JSON.stringify({ format: 'gatehouse-vault', password: canary }))
      world.bench.exported = { name: 'import.age', bytes }
      await world.call('vault:choose-import', {})
      await world.call('vault:import', { password: canary })
      world.bench.exported = undefined
    },
  },
  'a token that is looked at': {
    alphabet: 'token',
    plant: (world, canary) =>
      world.must('tokens:inspect', {
        text: `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.${canary.replace('_', '-')}`,
        key: { text: canary },
      }),
  },
  'the secret of a token that is made': {
    alphabet: 'any',
    plant: (world, canary) =>
      world.must('tokens:make', {
        header: '{"alg":"HS256"}',
        payload: '{"sub":"a"}',
        key: { text: canary.padEnd(40, 'x') },
      }),
  },
}
