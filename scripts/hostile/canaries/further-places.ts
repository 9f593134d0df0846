import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { connect, signIn, tokens } from './oauth-places.ts'
import type { Place } from './places.ts'
import { row, type World } from './world.ts'

async function account(world: World): Promise<string> {
  world.odd.answers['/token'] = () => tokens()
  const { value, error } = await signIn(world, await connect(world))
  if (error) throw new Error(`sign-in: ${error.code}`)
  return (value as { accountId: string }).accountId
}

/** What is rarer. */
export const furtherPlaces: Record<string, Place> = {
  'the words of an error': {
    alphabet: 'any',
    plant: async (world, canary) => {
      world.odd.answers['/token'] = () => ({
        status: 400,
        body: { error: 'invalid_grant', error_description: `not known: password=${canary}` },
      })
      await signIn(world, await connect(world))
    },
  },
  'an error that says nothing but a secret': {
    alphabet: 'any',
    plant: async (world, canary) => {
      world.odd.answers['/token'] = () => ({
        status: 400,
        body: { error: 'invalid_grant', error_description: canary },
      })
      await signIn(world, await connect(world))
    },
  },
  'the words of a refused refresh': {
    alphabet: 'any',
    plant: async (world, canary) => {
      const id = await account(world)
      world.odd.answers['/token'] = () => ({
        status: 400,
        body: { error: 'invalid_grant', error_description: canary },
      })
      await world.call('accounts:refresh', { id })
      await world.must('accounts:get', { id })
    },
  },
  'the words of an endpoint': {
    alphabet: 'any',
    plant: async (world, canary) => {
      const id = await account(world)
      for (const path of ['/userinfo', '/introspect', '/revoke'])
        world.odd.answers[path] = () => ({
          status: 403,
          body: { error: 'denied', error_description: canary },
        })
      for (const action of ['userinfo', 'introspect', 'revoke'] as const)
        await world.call(`accounts:${action}`, { id })
    },
  },
  'a path and a challenge of a refused call': {
    alphabet: 'token',
    unknown: true,
    plant: async (world, canary) => {
      const accountId = await account(world)
      world.odd.answers[`/hooks/${canary}`] = () => ({
        status: 401,
        headers: { 'www-authenticate': `Bearer error="invalid_token", error_description="${canary}"` },
        body: { message: canary },
      })
      await world.call('requests:send', {
        sendId: randomUUID(),
        draft: world.draft({ method: 'GET', url: `${world.odd.issuer}/hooks/${canary}`, accountId }),
      })
      await world.must('accounts:get', { id: accountId })
    },
  },
  'an error of discovery': {
    alphabet: 'any',
    plant: async (world, canary) => {
      const { issuer } = world.odd
      const metadata = world.odd.answers['/.well-known/openid-configuration']
      world.odd.answers['/.well-known/openid-configuration'] = () => ({
        status: 500,
        body: { error: canary },
      })
      await world.call('connections:discover', { issuer, allowInsecure: false })
      if (metadata) world.odd.answers['/.well-known/openid-configuration'] = metadata
    },
  },
  'an error of a redirect': {
    alphabet: 'any',
    plant: async (world, canary) => {
      await world.must('sign-in:start', { connectionId: await connect(world) })
      const asked = new URL(world.bench.opened.at(-1) ?? '').searchParams
      const back = new URL(asked.get('redirect_uri') ?? '')
      back.searchParams.set('error', 'access_denied')
      back.searchParams.set('error_description', canary)
      back.searchParams.set('state', asked.get('state') ?? '')
      await world.call('sign-in:paste', { redirectUrl: back.href })
    },
  },
  'a registration': {
    alphabet: 'token',
    plant: async (world, canary) => {
      const { issuer } = world.odd
      const metadata = world.odd.answers['/.well-known/openid-configuration']
      world.odd.answers['/.well-known/openid-configuration'] = async (request) => {
        const { body } = (await metadata?.(request)) ?? {}
        return { body: { ...(body as object), registration_endpoint: `${issuer}/register` } }
      }
      world.odd.answers['/register'] = ({ body }) => ({
        status: 201,
        body: {
          ...(JSON.parse(body) as object),
          client_id: `registered-${canary.slice(0, 4)}`,
          client_secret: `${canary}-secret`,
          registration_access_token: `${canary}-manages`,
          registration_client_uri: `${issuer}/register/1`,
        },
      })
      await world.must('connect:register', {
        name: `Registered ${canary.slice(0, 4)}`,
        issuer,
        allowInsecure: false,
        scope: 'read',
        redirectKind: 'custom-scheme',
        clientAuthentication: 'client_secret_basic',
        initialAccessToken: `${canary}-invites`,
      })
      if (metadata) world.odd.answers['/.well-known/openid-configuration'] = metadata
    },
  },
  'a private key': {
    alphabet: 'token',
    plant: async (world, canary) => {
      const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      const jwk = privateKey.export({ format: 'jwk' })
      world.also[`the key beside ${canary}`] = String(jwk.d)
      const text = JSON.stringify({ ...jwk, kid: 'kid' })
      await connect(world, { clientAuthentication: 'private_key_jwt', clientKey: { imported: text } })
      world.also[`the PEM beside ${canary}`] =
        privateKey.export({ format: 'pem', type: 'pkcs8' }).toString().split('\n')[1] ?? ''
    },
  },
  'an answer of userinfo': {
    alphabet: 'any',
    plant: async (world, canary) => {
      world.odd.answers['/userinfo'] = () => ({ body: { sub: 'alice', api_key: canary } })
      await world.call('accounts:userinfo', { id: await account(world) })
    },
  },
  'a further parameter of a token request': {
    alphabet: 'any',
    plant: async (world, canary) => {
      const [{ id }] = (await world.must('environments:list', {})) as [{ id: string }]
      await world.must('environments:save-variables', {
        id,
        variables: [{ name: 'deployment', secret: true, value: canary }],
      })
      world.odd.answers['/token'] = ({ body }) => ({
        status: 400,
        body: { error: 'x', error_description: body },
      })
      const further = [
        { to: 'token' as const, where: 'parameter' as const, name: 'x', value: '{{deployment}}' },
      ]
      await signIn(world, await connect(world, { settings: { further } }))
    },
  },
  'a body that a redirect carries on': {
    alphabet: 'any',
    plant: async (world, canary) => {
      world.odd.answers['/end'] = ({ body }) => ({ body: { you: body } })
      await world.send(
        { body: { kind: 'form', fields: [row('password', canary)] } },
        { status: 307, headers: { location: '/end' } },
      )
    },
  },
  'a challenge': {
    alphabet: 'token',
    unknown: true,
    plant: (world, canary) =>
      world.send(
        {},
        { status: 401, headers: { 'www-authenticate': `Digest nonce="${canary}", opaque="${canary}"` } },
      ),
  },
  'a token on the clipboard': {
    alphabet: 'token',
    plant: (world, canary) => {
      world.bench.clipboard = `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.${canary.replace('_', '-')}`
      return world.must('tokens:paste', {})
    },
  },
  'a password of another user': {
    alphabet: 'any',
    plant: (world, canary) =>
      world.must('users:create', { username: `user ${canary.slice(0, 6)}`, password: canary }),
  },
}
