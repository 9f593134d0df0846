import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import type nodeFs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { readText, writeText } from '../../../../src/node/collections/files.ts'

/** What someone else does right before the last look, or right before the file gets its name. */
const moment = vi.hoisted((): Partial<Record<'look' | 'rename', (() => void) | undefined>> => ({}))
vi.mock('node:fs', async (load) => {
  const fs = await load<typeof nodeFs>()
  function once(at: 'look' | 'rename'): void {
    const act = moment[at]
    moment[at] = undefined
    act?.()
  }
  const statSync = (...given: Parameters<typeof fs.statSync>) => (once('look'), fs.statSync(...given))
  const renameSync = (...given: Parameters<typeof fs.renameSync>) => {
    once('rename')
    fs.renameSync(...given)
  }
  return { ...fs, statSync, renameSync }
})

let folder: string
let place: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'write-'))
  place = join(folder, 'a.yml')
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Writes over a file while someone else does something to it, so many turns of the loop later. */
async function writeAnd(turns: number, act: () => void) {
  writeFileSync(place, 'what was read\n')
  const read = await readText(folder, 'a.yml')
  const writing = writeText(folder, 'a.yml', 'mine\n', read.ok ? read.value.version : '')
  for (let left = turns; left > 0; left -= 1) await new Promise((done) => setImmediate(done))
  act()
  const answer = await writing
  if (!answer.ok) throw new Error(answer.error.message)
  expect(readdirSync(folder).filter((name) => name !== 'a.yml')).toEqual([])
  return answer.value
}
it.each(['look', 'rename'] as const)(
  'gives back what another program writes right before the %s',
  async (at) => {
    moment[at] = () => writeFileSync(place, 'theirs\n')
    const answer = await writeAnd(0, () => undefined)
    expect(answer).toMatchObject({ written: false, now: { text: 'theirs\n' } })
    expect(readFileSync(place, 'utf8')).toBe('theirs\n')
  },
)

it('sees what takes its place, and that it is gone, right before the last look', async () => {
  moment.look = () => {
    writeFileSync(`${place}.other`, 'theirs\n')
    renameSync(`${place}.other`, place)
  }
  expect(await writeAnd(0, () => undefined)).toMatchObject({ written: false, now: { text: 'theirs\n' } })
  expect(readFileSync(place, 'utf8')).toBe('theirs\n')
  moment.look = () => rmSync(place)
  expect(await writeAnd(0, () => undefined)).toEqual({ written: false })
  expect(existsSync(place)).toBe(false)
})

const every = Array.from({ length: 60 }, (_, turns) => turns)

it('loses nothing that another program writes into the file at that moment', async () => {
  for (const turns of every) {
    const answer = await writeAnd(turns, () => writeFileSync(place, `theirs ${turns}\n`))
    expect(readFileSync(place, 'utf8'), JSON.stringify(answer)).toBe(`theirs ${turns}\n`)
  }
})

it('loses no file that another program puts in its place at that moment', async () => {
  for (const turns of every) {
    const answer = await writeAnd(turns, () => {
      writeFileSync(`${place}.other`, `theirs ${turns}\n`)
      renameSync(`${place}.other`, place)
    })
    expect(readFileSync(place, 'utf8'), JSON.stringify(answer)).toBe(`theirs ${turns}\n`)
  }
})

it('makes no file again that another program removes at that moment', async () => {
  for (const turns of every) {
    const answer = await writeAnd(turns, () => rmSync(place))
    expect(existsSync(place), JSON.stringify(answer)).toBe(false)
  }
})

it('takes a file whose time alone is another for the one that was read', async () => {
  const answer = await writeAnd(2, () => writeFileSync(place, 'what was read\n'))
  const kept = readFileSync(place, 'utf8')
  expect(kept).toBe(answer.written ? kept : 'what was read\n')
})
