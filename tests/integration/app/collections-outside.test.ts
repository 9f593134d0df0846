import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { CollectionRequest } from '../../../src/core/contract/collections.ts'
import { openWorkbench } from '../../support/workbench.ts'

/** Numbers that seem to be random and are the same each time. */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const fresh = (name: string): string =>
  `# ${name}\ninfo:\n  name: ${name}\n  type: http\nhttp:\n  method: GET\n  url: https://a.example/${name}\n`

it('loses no version of a file, whatever others do to the folder between reading and saving', async () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'collection-')), 'shop')
  mkdirSync(folder)
  writeFileSync(join(folder, 'opencollection.yml'), 'opencollection: "1.0.0"\ninfo:\n  name: Shop\n')
  const bench = await openWorkbench({ overrides: { files: { chooseFolder: async () => folder } } })
  const { collections } = bench.app
  const opened = await collections.open()
  const collectionId = opened.ok && opened.value ? opened.value.id : ''
  const pick = numbers(20_261_127)
  const paths = ['a.yml', 'b.yml', 'c.yml', 'd.yml']
  const textAt = (path: string): string | undefined =>
    readdirSync(folder).includes(path) ? readFileSync(join(folder, path), 'utf8') : undefined
  const known = new Map<string, { request: CollectionRequest; text: string }>()
  const count = { saved: 0, offered: 0, refused: 0 }
  for (let step = 0; step < 1_000; step += 1) {
    const path = paths[pick(paths.length)] ?? 'a.yml'
    const other = paths[pick(paths.length)] ?? 'b.yml'
    const text = textAt(path)
    switch (pick(14)) {
      case 0:
        writeFileSync(join(folder, path), fresh(`v${step}`))
        break
      case 1:
        if (text !== undefined) writeFileSync(join(folder, path), `${text}# step ${step}\n`)
        break
      case 2:
        rmSync(join(folder, path), { force: true })
        break
      case 3:
        if (text !== undefined) renameSync(join(folder, path), join(folder, other))
        break
      case 4:
        if (text !== undefined) writeFileSync(join(folder, path), text.slice(0, pick(text.length)))
        break
      case 5:
      case 6:
      case 7:
      case 8: {
        const read = await collections.read({ collectionId, path })
        if (read.ok) known.set(path, { request: read.value, text: textAt(path) ?? '' })
        break
      }
      default: {
        const had = known.get(path)
        if (!had) break
        const { draft, version } = had.request
        const mine = { ...draft, url: `https://mine.example/${step}` }
        const answer = await collections.save({ collectionId, path, draft: mine, version })
        const now = textAt(path)
        if (!answer.ok) {
          count.refused += 1
          expect(now).toBe(text)
        } else if ('conflict' in answer.value) {
          count.offered += 1
          // What is on the disk is as it was, and both are told.
          expect(text).not.toBe(had.text)
          expect(now).toBe(text)
          expect(answer.value.conflict.theirs?.text).toBe(text)
          expect(answer.value.conflict.mine).toContain(`https://mine.example/${step}`)
        } else {
          count.saved += 1
          // Only what the draft comes from was written over.
          expect(text).toBe(had.text)
          expect(now).toContain(`https://mine.example/${step}`)
          known.set(path, { request: answer.value.saved, text: now ?? '' })
        }
      }
    }
  }
  // Each of the ways was gone.
  expect(Math.min(count.saved, count.offered), JSON.stringify(count)).toBeGreaterThan(20)
  expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([])
  await bench.close()
  rmSync(join(folder, '..'), { recursive: true })
})
