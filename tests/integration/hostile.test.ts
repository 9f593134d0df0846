import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildHostile } from '../../scripts/hostile/build.mjs'

const run = promisify(execFile)

let folder: string
beforeAll(async () => {
  folder = await buildHostile(`hostile-test-${process.pid}`)
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The short form of `npm run hostile`. */
it('lets no malformed call reach a handler, and takes no damaged file for a sound one', async () => {
  const seed = String(Date.now() % 1_000_000)
  const args = [
    join(folder, 'run.mjs'),
    '--calls',
    '1500',
    '--bits',
    '36',
    '--files',
    '18',
    '--odd',
    '200',
    '--canaries',
    '90',
    '--waits',
    '60',
    '--plain',
    '20',
    '--update',
    '20',
    '--faults',
    '0',
    // What a call waits on a busy machine is no figure; the 250 ms are those of the long run.
    '--longest',
    '2000',
    '--seed',
    seed,
    '--json',
  ]
  const { stdout } = await run(process.execPath, args)
  expect(JSON.parse(stdout)).toMatchObject({
    calls: { tried: 1_500, wrong: 0, examples: [], figures: { handlersRun: 0, internal: 0 } },
    odd: { tried: 200, wrong: 0, examples: [], figures: { internal: 0 } },
    bits: { tried: 36, wrong: 0, examples: [] },
    files: { tried: 18, wrong: 0, examples: [] },
    // In every place once: one that is added is to be counted here.
    canaries: {
      tried: 90,
      wrong: 0,
      examples: [],
      figures: { places: 90, found: 0, foundWithoutKeyring: 0 },
    },
    waits: { tried: 60, wrong: 0, examples: [] },
    plain: { tried: 20, wrong: 0, examples: [] },
    update: { tried: 20, wrong: 0, examples: [] },
  })
}, 240_000)

it('has a clear word for each fault of the network, and leaves nothing behind', async () => {
  const others = ['calls', 'odd', 'bits', 'files', 'canaries', 'waits', 'plain', 'update']
  const args = [...others.flatMap((name) => [`--${name}`, '0']), '--faults', '1', '--json']
  const { stdout } = await run(process.execPath, [join(folder, 'run.mjs'), ...args])
  expect(JSON.parse(stdout)).toMatchObject({
    faults: { wrong: 0, examples: [], figures: { otherOriginAsked: 3 } },
  })
}, 120_000)
