import { randomUUID } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { CollectionRequest } from '../../../src/core/contract/collections.ts'
import type { DefaultsView } from '../../../src/core/contract/collection-scope.ts'
import type { ExchangeView } from '../../../src/core/contract/requests.ts'
import type { RunView } from '../../../src/core/contract/sending/runs.ts'
import type { Place } from './places.ts'
import type { World } from './world.ts'

/** A collection that someone else wrote: files by their paths, beside the profile. */
async function cloned(world: World, files: Record<string, string>): Promise<string> {
  const folder = join(world.folder, 'collections', randomUUID())
  const all = { 'opencollection.yml': 'opencollection: 1.0.0\ninfo:\n  name: Cloned\n', ...files }
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  world.chosen.folder = folder
  const { id } = (await world.must('collections:open', {})) as { id: string }
  await world.must('collections:list', {})
  return id
}

/** The text of a request to the server's `/echo`. */
const requestText = ({ odd }: World, more = '', runtime = ''): string =>
  `info:\n  name: One\n  type: http\nhttp:\n  method: POST\n  url: ${odd.issuer}/echo\n${more}${runtime}`

const header = (name: string, value: string): string =>
  `  headers:\n    - name: ${name}\n      value: "${value}"\n`

/** Sends the file of a request, and shows, copies and looks for what came of it. */
async function sendFile(world: World, collectionId: string, path: string): Promise<ExchangeView> {
  const { must } = world
  const file = { collectionId, path }
  const { draft } = (await must('collections:read', file)) as CollectionRequest
  await must('collections:scope', file)
  await must('requests:copy-curl', { draft, file })
  return (await must('requests:send', { sendId: randomUUID(), draft, file })) as ExchangeView
}

/** Where a secret did not arrive there is nothing to be found. */
function arrived(world: World, canary: string): void {
  const { headers, body } = world.odd.at('/echo').at(-1) ?? {}
  if (!JSON.stringify([headers, body]).includes(JSON.stringify(canary).slice(1, -1)))
    throw new Error('it was not sent')
}

/** What a folder declares, asks for once, captures, runs commands for and is run with. */
export const folderPlaces: Record<string, Place> = {
  'a value that a collection asks for': {
    alphabet: 'header',
    plant: async (world, canary) => {
      const collectionId = await cloned(world, {
        'one.yml': requestText(world, header('X-One', '{{deployKey}}')),
        'environments/dev.yml': 'name: Dev\nvariables:\n  - secret: true\n    name: deployKey\n',
      })
      const file = 'environments/dev.yml'
      await world.must('collections:use-environment', { collectionId, path: file })
      await world.must('collections:enter-secret', { collectionId, file, name: 'deployKey', value: canary })
      await sendFile(world, collectionId, 'one.yml')
      arrived(world, canary)
      await world.must('collections:close', { id: collectionId })
    },
  },
  'the auth of a folder': {
    alphabet: 'token',
    plant: async (world, canary) => {
      const collectionId = await cloned(world, {
        'orders/folder.yml': 'info:\n  name: Orders\n  type: folder\n',
        'orders/one.yml': requestText(world, '  auth: inherit\n'),
      })
      const place = { collectionId, path: 'orders' }
      const { headers, variables, version } = (await world.must(
        'collections:defaults',
        place,
      )) as DefaultsView
      const auth = { kind: 'bearer', token: canary }
      await world.must('collections:save-defaults', { ...place, headers, variables, version, auth })
      await sendFile(world, collectionId, 'orders/one.yml')
      arrived(world, canary)
    },
  },
  'a secret variable of a folder': {
    alphabet: 'header',
    plant: async (world, canary) => {
      const collectionId = await cloned(world, {
        'orders/folder.yml': 'info:\n  name: Orders\n  type: folder\n',
        'orders/one.yml': requestText(world, header('X-One', '{{plain}}')),
      })
      const place = { collectionId, path: 'orders' }
      const { headers, version } = (await world.must('collections:defaults', place)) as DefaultsView
      const variables = [{ name: 'plain', value: canary, enabled: true, secret: true }]
      await world.must('collections:save-defaults', { ...place, headers, variables, version })
      await sendFile(world, collectionId, 'orders/one.yml')
      arrived(world, canary)
    },
  },
  'a captured value': {
    alphabet: 'token',
    plant: async (world, canary, round) => {
      const scope = ['runtime', 'request', 'folder', 'environment', 'collection'][round % 5] ?? ''
      const action =
        'runtime:\n  actions:\n    - type: set-variable\n      phase: after-response\n' +
        `      selector: {expression: res.body.session_token, method: jsonq}\n      variable: {name: pass, scope: ${scope}}\n`
      const collectionId = await cloned(world, {
        'one.yml': requestText(world, '', action),
        'two.yml': requestText(world, header('X-Two', '{{pass}}')),
        'environments/dev.yml': 'name: Dev\nvariables: []\n',
      })
      await world.must('collections:use-environment', { collectionId, path: 'environments/dev.yml' })
      world.odd.answers['/echo'] = () => ({ body: { session_token: canary, again: `so ${canary}` } })
      const { captures } = await sendFile(world, collectionId, 'one.yml')
      if (captures?.[0]?.outcome !== 'captured') throw new Error('it was not captured')
      if (scope === 'request') return
      world.odd.answers['/echo'] = ({ headers }) => ({ body: { got: headers['x-two'] } })
      await sendFile(world, collectionId, 'two.yml')
      arrived(world, canary)
    },
  },
  'a column of a run’s data': {
    alphabet: 'token',
    plant: async (world, canary, round) => {
      const collectionId = await cloned(world, {
        'one.yml': requestText(world, header('X-One', '{{password}}')),
      })
      const text = round % 2 === 0 ? `n,password\n1,${canary}\n` : JSON.stringify([{ password: canary }])
      const plan = { collectionId, folder: '', callAs: null, times: 1, stopAtFailure: false, delay: 0 }
      const data = { name: 'rows', kind: round % 2 === 0 ? 'csv' : 'json', text }
      const { id } = (await world.must('runs:start', { ...plan, data })) as RunView
      const isOver = async (): Promise<boolean> =>
        ((await world.must('runs:get', { id })) as RunView).state !== 'running'
      while (!(await isOver())) await new Promise((done) => void setImmediate(done))
      arrived(world, canary)
      await world.must('runs:rows', { id, from: 0, limit: 10, failed: false })
    },
  },
  'what a command says': {
    alphabet: 'header',
    plant: async (world, canary) => {
      const command = ['manager', 'read', 'shop/key']
      const collectionId = await cloned(world, {
        'opencollection.yml': `opencollection: 1.0.0\ninfo:\n  name: Cloned\nextensions:\n  gatehouse:\n    commands:\n      - name: managed\n        command: [${command.join(', ')}]\n`,
        'one.yml': requestText(world, header('X-One', '{{managed}}')),
      })
      world.chosen.said = canary
      await world.must('collections:allow-command', { collectionId, name: 'managed', command })
      await sendFile(world, collectionId, 'one.yml')
      arrived(world, canary)
    },
  },
  'a name of the computer’s environment': {
    alphabet: 'header',
    plant: async (world, canary) => {
      const collectionId = await cloned(world, {
        'one.yml': requestText(world, header('X-One', '{{process.env.SHOP_KEY}}')),
      })
      world.chosen.said = canary
      await world.must('collections:allow-name', { collectionId, name: 'SHOP_KEY' })
      await sendFile(world, collectionId, 'one.yml')
      arrived(world, canary)
    },
  },
}
