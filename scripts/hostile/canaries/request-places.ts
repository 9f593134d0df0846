import { randomUUID } from 'node:crypto'
import type { CollectionRequest, CollectionView } from '../../../src/core/contract/collections.ts'
import type { RequestDraft } from '../../../src/core/contract/requests.ts'
import type { Place } from './places.ts'
import { row, type World } from './world.ts'

const headers = ['Authorization', 'X-Api-Key', 'X-Auth-Token', 'X-Amz-Security-Token', 'X-Access-Token']
const parameters = ['api_key', 'access_token', 'token', 'client_secret', 'password']
const members = ['password', 'client_secret', 'apiKey', 'refresh_token', 'private_key']
const answered = ['access_token', 'refresh_token', 'id_token', 'client_secret', 'device_code']
const pick = (names: string[], round: number): string => names[round % names.length] ?? ''
const basic = (user: string, password: string) =>
  row('Authorization', `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`)
const ownAddress = (world: World): string => world.odd.issuer.replace('http://', '')

/** Saves a request where the page saves one by default. */
async function saveOwn(
  { must }: World,
  name: string,
  draft: RequestDraft,
): Promise<{ collectionId: string; path: string }> {
  const [own] = (await must('collections:list', {})) as CollectionView[]
  const collectionId = own?.id ?? ''
  const made = await must('collections:create-request', { collectionId, folder: '', name, draft })
  return { collectionId, path: (made as CollectionRequest).path }
}

/** Saves a request, sends it, and sends a change of it: what is kept of each is looked into. */
export async function saveAndSend(world: World, part: Parameters<World['draft']>[0]): Promise<void> {
  const place = await saveOwn(world, `Saved ${Math.random()}`, world.draft(part))
  await world.send(part)
  // Every second one is deleted.
  if (Math.random() < 0.5) {
    const { collectionId, path } = place
    await world.must('collections:remove', { collectionId, paths: [path] })
  }
}

/** What is typed into a request, or comes back for one. */
export const requestPlaces: Record<string, Place> = {
  'a secret header': {
    alphabet: 'header',
    plant: (world, canary, round) => saveAndSend(world, { headers: [row(pick(headers, round), canary)] }),
  },
  'a bearer token by hand': {
    alphabet: 'token',
    plant: (world, canary) => saveAndSend(world, { headers: [row('Authorization', `Bearer ${canary}`)] }),
  },
  'a cookie': {
    alphabet: 'token',
    plant: (world, canary) => saveAndSend(world, { headers: [row('Cookie', `a=b; sid=${canary}; c=d`)] }),
  },
  'the user of Basic': {
    alphabet: 'any',
    plant: (world, canary) => saveAndSend(world, { headers: [basic(canary, '')] }),
  },
  'the password of Basic': {
    alphabet: 'any',
    plant: (world, canary) => saveAndSend(world, { headers: [basic('ann', canary)] }),
  },
  'the user information of an address': {
    alphabet: 'token',
    plant: async (world, canary) => {
      const draft = world.draft({ url: `http://ann:${canary}@${ownAddress(world)}/echo` })
      await saveOwn(world, 'User information', draft)
      // Refused: it has a place of its own, Basic.
      await world.call('requests:send', { sendId: randomUUID(), draft })
    },
  },
  'a fragment': {
    alphabet: 'token',
    plant: (world, canary) =>
      saveAndSend(world, { url: `${world.odd.issuer}/echo#access_token=${canary}&state=x` }),
  },
  'a segment of a path': {
    alphabet: 'token',
    unknown: true,
    plant: (world, canary) => world.send({ url: `${world.odd.issuer}/hooks/${canary}/send` }),
  },
  'a token in a path': {
    alphabet: 'token',
    plant: async (world, canary) => {
      const token = `ghp_${canary.replace('_', 'x').padEnd(36, 'x')}`
      world.also[`the token in a path made of ${canary}`] = token
      await saveAndSend(world, { url: `${world.odd.issuer}/hooks/${token}/send` })
    },
  },
  'a parameter': {
    alphabet: 'any',
    plant: (world, canary, round) => saveAndSend(world, { query: [row(pick(parameters, round), canary)] }),
  },
  'a JSON member': {
    alphabet: 'any',
    plant: (world, canary, round) =>
      saveAndSend(world, {
        body: { kind: 'json', text: JSON.stringify({ user: { [pick(members, round)]: canary }, a: 1 }) },
      }),
  },
  'a form field': {
    alphabet: 'any',
    plant: (world, canary, round) =>
      saveAndSend(world, {
        body: { kind: 'form', fields: [row(pick(parameters, round), canary), row('a', 'b')] },
      }),
  },
  'a secret variable': {
    alphabet: 'any',
    plant: async (world, canary) => {
      const [{ id }] = (await world.must('environments:list', {})) as [{ id: string }]
      const variables = [{ name: 'key', secret: true, value: canary }]
      await world.must('environments:save-variables', { id, variables })
      await saveAndSend(world, {
        query: [row('q', '{{key}}')],
        body: { kind: 'text', text: 'x={{key}}', contentType: 'text/plain' },
      })
    },
  },
  'a token of an answer': {
    alphabet: 'token',
    plant: (world, canary, round) =>
      world.send(
        { body: { kind: 'form', fields: [row('grant_type', 'client_credentials')] } },
        { body: { [pick(answered, round)]: canary, token_type: 'Bearer', echo: `again ${canary}` } },
      ),
  },
  'a member of an answer': {
    alphabet: 'any',
    plant: (world, canary, round) => world.send({}, { body: { [pick(members, round)]: canary } }),
  },
  'text of an answer': {
    alphabet: 'any',
    unknown: true,
    plant: (world, canary) =>
      world.send({}, { headers: { 'content-type': 'text/html' }, body: `<p>Your code: ${canary}</p>` }),
  },
  'the code of a Location': {
    alphabet: 'token',
    plant: (world, canary) =>
      world.send({}, { status: 302, headers: { location: `https://app.example/cb?code=${canary}&state=s` } }),
  },
  'a redirect within the server': {
    alphabet: 'token',
    plant: (world, canary) => {
      world.odd.answers['/end'] = ({ url }) => ({ body: `you came by ${url}` })
      return world.send({ method: 'GET' }, { status: 302, headers: { location: `/end?token=${canary}` } })
    },
  },
  'a cookie that is set': {
    alphabet: 'token',
    plant: (world, canary) =>
      world.send({}, { headers: { 'set-cookie': `session=${canary}; Path=/` }, body: `welcome ${canary}` }),
  },
  'Authentication-Info': {
    alphabet: 'token',
    plant: (world, canary) =>
      world.send({}, { headers: { 'authentication-info': `nextnonce="${canary}"` }, body: '{}' }),
  },
  'a header of an answer': {
    alphabet: 'token',
    plant: (world, canary, round) =>
      world.send({}, { headers: { [pick(headers, round)]: canary }, body: 'ok' }),
  },
  'a refusal that repeats it': {
    alphabet: 'token',
    plant: (world, canary) =>
      world.send(
        { headers: [row('Authorization', `Bearer ${canary}`)] },
        {
          status: 401,
          headers: {
            'www-authenticate': `Bearer error="invalid_token", error_description="${canary} expired"`,
          },
          body: { message: `token ${canary} is not known` },
        },
      ),
  },
  'a request that reaches nobody': {
    alphabet: 'header',
    plant: (world, canary) =>
      world.send({
        url: `http://127.0.0.1:9/x?token=${encodeURIComponent(canary)}`,
        headers: [row('X-Api-Key', canary)],
      }),
  },
  'an unsaved tab': {
    alphabet: 'any',
    plant: (world, canary) =>
      world.must('page:keep', {
        text: JSON.stringify({ tabs: [{ draft: world.draft({ headers: [row('X-Otp', canary)] }) }] }),
      }),
  },
}
