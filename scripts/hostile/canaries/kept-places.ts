import { createPrivateKey, randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type {
  CollectionMove,
  CollectionRequest,
  CollectionSave,
} from '../../../src/core/contract/collections.ts'
import type { RequestDraft } from '../../../src/core/contract/requests.ts'
import { startMutual } from '../../../tests/support/mutual-server.ts'
import { startProxy } from '../../../tests/support/proxy.ts'
import type { Place } from './places.ts'
import { row, type World } from './world.ts'

/** Where the run is started from is the checkout. */
const certificates = pathToFileURL(`${join(process.cwd(), 'tests', 'support', 'certificates')}/`)
const certificateFile = (name: string): string => readFileSync(new URL(name, certificates), 'utf8')

/** A JWT with that signature. */
const signed = (signature: string): string =>
  `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.${signature.replace('_', '-')}`

/** Where a secret did not arrive there is nothing to be found. */
function arrived(is: boolean, where: string): void {
  if (!is) throw new Error(`it did not get into ${where}`)
}

/** Goes through a proxy of one's own while `work` is done; its password stays in the settings behind it. */
async function throughProxy(
  world: World,
  password: string,
  repeats: boolean,
  work: () => Promise<unknown>,
): Promise<void> {
  const running = await startProxy({ repeats })
  const proxy = { address: `127.0.0.1:${running.port}`, username: 'ann', loopback: true }
  try {
    await world.must('network:save', { proxy: { kind: 'by-hand', ...proxy }, proxyPassword: password })
    await work()
    const pair = `Basic ${Buffer.from(`ann:${password}`).toString('base64')}`
    arrived(running.headers.flat().includes(pair), 'what the proxy was asked')
  } finally {
    await world.must('network:save', { proxy: { kind: 'none', ...proxy } })
    await running.close()
  }
}

/** Opens a new collection beside the profile. */
async function collection(world: World): Promise<string> {
  const folder = join(world.folder, 'collections', randomUUID())
  mkdirSync(folder, { recursive: true })
  world.chosen.folder = folder
  const made = (await world.must('collections:create', { name: 'A collection' })) as { id: string }
  return made.id
}

/** Makes a request in a collection, changes it, copies it, meets a change from elsewhere, and sends it. */
export async function saveInCollection(
  world: World,
  part: Partial<RequestDraft>,
  secret?: string,
): Promise<void> {
  const { must } = world
  const collectionId = await collection(world)
  const draft = world.draft(part)
  const made = (await must('collections:create-request', {
    collectionId,
    folder: '',
    name: 'One',
    draft,
  })) as CollectionRequest
  const place = { collectionId, path: made.path }
  const saved = (await must('collections:save', {
    ...place,
    version: made.version,
    draft: { ...draft, method: 'PUT', headers: [...draft.headers, row('Accept', 'text/plain')] },
  })) as CollectionSave
  const file = join(world.chosen.folder ?? '', made.path)
  writeFileSync(file, readFileSync(file, 'utf8').replace('PUT', 'PATCH'))
  if ('saved' in saved) await must('collections:save', { ...place, version: saved.saved.version, draft })
  await must('collections:refresh', { id: collectionId })
  const { draft: kept } = (await must('collections:read', place)) as CollectionRequest
  // A body keeps its secret as JSON, within JSON.
  const inner = JSON.stringify(secret ?? '').slice(1, -1)
  arrived(
    [inner, JSON.stringify(inner).slice(1, -1)].some((each) => JSON.stringify(kept).includes(each)),
    'the draft',
  )
  await must('collections:rename', { ...place, name: 'Another' })
  const picked = { collectionId, paths: [place.path] }
  await must('collections:duplicate', picked)
  await must('collections:create-folder', { collectionId, folder: '', name: 'Below' })
  const moved = (await must('collections:move', {
    ...picked,
    folder: 'Below',
    before: null,
  })) as CollectionMove
  await must('collections:restore', { undo: moved.undo })
  await must('collections:remove', picked)
  const [entry] = (await must('bin:list', {})) as { id: string }[]
  await must('bin:restore', { id: entry?.id })
  await must('collections:list', {})
  await world.send(part)
}

/** What is kept beside accounts and requests: pins, cookies, the network's settings, collections. */
export const keptPlaces: Record<string, Place> = {
  'a pinned token': {
    alphabet: 'token',
    plant: async (world, canary, round) => {
      const text = signed(canary)
      world.also[`the pinned token with ${canary}`] = text
      const made = await world.must('pins:add', { name: 'A token', token: { text } })
      const { id } = made as { id: string }
      await world.must('pins:list', {})
      const read = (await world.must('pins:read', { id })) as { text: string }
      arrived(read.text === text, 'the pins')
      await world.must('pins:rename', { id, name: 'Renamed' })
      if (round % 2 === 1) await world.must('pins:remove', { id })
    },
  },
  'a cookie entered by hand': {
    alphabet: 'token',
    plant: async (world, canary) => {
      const place = { accountId: null, domain: '127.0.0.1', path: '/', name: 'by-hand' }
      const kinds = { below: false, secure: false, httpOnly: true }
      await world.must('cookies:save', { ...place, ...kinds, value: canary })
      const shown = (await world.must('cookies:reveal', place)) as { value: string }
      await world.send({})
      const sent = world.odd.at('/echo').at(-1)?.headers.cookie ?? ''
      arrived(shown.value === canary && sent.includes(canary), 'the jar')
      await world.must('cookies:list', {})
    },
  },
  'a cookie that is kept and sent again': {
    alphabet: 'token',
    plant: async (world, canary, round) => {
      const name = ['session', 'flavour'][round % 2] ?? ''
      await world.send({}, { headers: { 'set-cookie': `${name}=${canary}; Path=/` }, body: '{}' })
      await world.send({})
      arrived((world.odd.at('/echo').at(-1)?.headers.cookie ?? '').includes(canary), 'the jar')
      await world.send({}, { status: 400, body: `you sent ${name}=${canary}` })
    },
  },
  'a cookie for another server': {
    alphabet: 'token',
    plant: async (world, canary) => {
      const place = { accountId: null, domain: 'api.example', path: '/', name: 'sid' }
      const kinds = { below: true, secure: true, httpOnly: true }
      await world.must('cookies:save', { ...place, ...kinds, value: canary })
      await world.must('cookies:remove', place)
      await world.must('cookies:save', { ...place, name: 'other', ...kinds, value: `${canary}-kept` })
    },
  },
  'a proxy’s password': {
    alphabet: 'header',
    plant: (world, canary, round) =>
      throughProxy(world, canary, round % 2 === 1, async () => {
        await world.send({ method: 'GET' })
        await world.send({ method: 'GET', url: 'https://api.example/' })
      }),
  },
  'a proxy’s password beside OAuth': {
    alphabet: 'header',
    plant: (world, canary, round) =>
      throughProxy(world, canary, round % 2 === 0, () =>
        world.call('connections:discover', { issuer: world.odd.issuer, allowInsecure: false }),
      ),
  },
  'the key of a client certificate, and its passphrase': {
    alphabet: 'any',
    plant: async (world, canary) => {
      const [certificate, key] = [certificateFile('client.crt'), certificateFile('client.key')]
      world.also['the key of the client certificate'] = key.split('\n')[2] ?? ''
      const closed = createPrivateKey(key).export({
        ...{ type: 'pkcs8', format: 'pem' },
        ...{ cipher: 'aes-256-cbc', passphrase: canary },
      })
      const server = await startMutual(certificates)
      const { host } = new URL(server.url)
      try {
        world.chosen.identity = { name: 'client.pem', bytes: Buffer.from(`${certificate}${closed}`) }
        await world.must('network:choose-certificate', {})
        const byFile = (passphrase: string) => ({
          host,
          unchecked: true,
          certificate: { kind: 'file', passphrase },
        })
        await world.call('network:save-host', byFile(`${canary}!`))
        await world.must('network:save-host', byFile(canary))
        const shown = await world.send({ method: 'GET', url: server.url })
        arrived(JSON.stringify(shown).includes('"status":200'), 'the handshake')
        await world.must('network:save-host', {
          host: `${randomUUID()}.example`,
          unchecked: false,
          certificate: { kind: 'pem', certificate, key },
        })
        await world.must('network:remove-host', { host })
      } finally {
        await server.close()
      }
    },
  },
  'a secret header in a collection': {
    alphabet: 'header',
    plant: (world, canary) => saveInCollection(world, { headers: [row('X-Api-Key', canary)] }, canary),
  },
  'a parameter in a collection': {
    alphabet: 'any',
    plant: (world, canary) => saveInCollection(world, { query: [row('access_token', canary)] }, canary),
  },
  'a body in a collection': {
    alphabet: 'any',
    plant: (world, canary, round) =>
      saveInCollection(
        world,
        {
          body:
            round % 2 === 0
              ? { kind: 'json', text: JSON.stringify({ user: { password: canary }, a: 1 }) }
              : { kind: 'form', fields: [row('client_secret', canary), row('a', 'b')] },
        },
        canary,
      ),
  },
  'an address in a collection': {
    alphabet: 'token',
    plant: (world, canary) => {
      const token = `ghp_${canary.replace('_', 'x').padEnd(36, 'x')}`
      world.also[`the token in an address made of ${canary}`] = token
      return saveInCollection(world, { url: `${world.odd.issuer}/hooks/${token}/send` }, token)
    },
  },
  'a secret variable in a collection': {
    alphabet: 'any',
    plant: async (world, canary) => {
      const [{ id }] = (await world.must('environments:list', {})) as [{ id: string }]
      const variables = [{ name: 'folderKey', secret: true, value: canary }]
      await world.must('environments:save-variables', { id, variables })
      await saveInCollection(world, {
        query: [row('q', '{{folderKey}}')],
        body: { kind: 'text', text: 'x={{folderKey}}', contentType: 'text/plain' },
      })
    },
  },
}
