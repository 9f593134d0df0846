import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'
import { createLookThread, lookNow } from '../../../src/node/collections/look/look-thread.ts'
import { temporaryFolder } from '../sqlite/temporary-database.ts'

const names = ['a.yml', 'b.yml', 'c.yml']
const folderOfThree = (): string => {
  const folder = temporaryFolder()
  for (const name of names)
    writeFileSync(
      join(folder, name),
      `info:\n  name: ${name}\n  type: http\nhttp:\n  method: GET\n  url: http://localhost/\n`,
    )
  return folder
}
const scriptOf = (words: string): string => {
  const file = join(temporaryFolder(), 'script.mjs')
  writeFileSync(
    file,
    `import { existsSync, writeFileSync } from 'node:fs'\nimport { parentPort } from 'node:worker_threads'\n${words}`,
  )
  return file
}

afterEach(() => void vi.restoreAllMocks())

it('gives a lot to another thread where one ends in mid-work', async () => {
  const mark = JSON.stringify(join(temporaryFolder(), 'ended'))
  const { stamps } = createLookThread(
    scriptOf(`parentPort.on('message', ({ number, places }) => {
      if (!existsSync(${mark})) { writeFileSync(${mark}, ''); throw new Error('broken') }
      parentPort.postMessage({ number, found: places.map(() => 'by a thread') })
    })`),
  )
  expect(await stamps(names)).toEqual(names.map(() => 'by a thread'))
})

it('looks itself where every thread ends, one piece after another', async () => {
  const root = folderOfThree()
  const { look, stamps } = createLookThread(scriptOf(`parentPort.on('message', () => process.exit(1))`))
  let now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 30))
  const turns = vi.spyOn(globalThis, 'setImmediate')
  const places = names.map((name) => join(root, name))
  const both = await Promise.all([look(root, names, false), stamps(places)])
  expect(both).toEqual([lookNow({ root, paths: names, glance: false }), lookNow({ places })])
  expect(turns.mock.calls.length).toBeGreaterThanOrEqual(2 * names.length)
})
