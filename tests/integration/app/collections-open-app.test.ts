import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { CollectionDisk } from '../../../src/core/records/collection-disk.ts'
import { createCollectionDisk } from '../../../src/node/collections/collection-disk.ts'
import { createCollectionsStore } from '../../../src/renderer/src/features/requests/collections/collections-store.ts'
import { createRequestsStore } from '../../../src/renderer/src/features/requests/store.ts'
import { createFakeBridge } from '../../support/fake-bridge.ts'
import { createOutside, numbers, textsIn } from '../../support/outside.ts'
import { openWorkbench } from '../../support/workbench.ts'

/** `npm run hostile -- --checkouts 1000 [SEED]` for the long run. */
const steps = Number(process.env['GATEHOUSE_CHECKOUTS'] ?? 200)
const seed = Number(process.env['GATEHOUSE_CHECKOUTS_SEED'] ?? 20_261_128)

const versionOf = (text: string | undefined): string | null =>
  text === undefined ? null : createHash('sha256').update(text).digest('base64url')
/** What no rename, tag or move changes. A last line that was cut off may be ended, so that another can follow it. */
const rest = (text: string): string =>
  text.replace(/^ *(?:seq|name|tags|- t\d).*\n?/gm, '').replace(/(?<!\n)$/, '\n')

it('loses no version while a script changes the folder under the open app, and a user works in it', async () => {
  const folder = join(mkdtempSync(join(realpathSync(tmpdir()), 'open-app-')), 'shop')
  mkdirSync(folder)
  writeFileSync(join(folder, 'opencollection.yml'), 'opencollection: "1.0.0"\ninfo:\n  name: Shop\n')
  const pick = numbers(seed)
  const outside = createOutside(folder, pick)
  const count = {
    saved: 0,
    offered: 0,
    overwritten: 0,
    edited: 0,
    moved: 0,
    removed: 0,
    restored: 0,
    refused: 0,
  }
  /** Versions that the page was given: what is written over has to be one of them. */
  const seen = new Set<string | null>([null])
  let isSave = false
  const disk = createCollectionDisk()
  /** The script acts at the last moment as well, between what the app decided and what the disk does. */
  const texts = (): Map<string, string> => {
    if (pick(4) === 0) outside.act()
    return textsIn(folder)
  }
  const guarded: CollectionDisk = {
    ...disk,
    write: async (root, path, text, expected) => {
      // The profile's own collection is another folder.
      if (root !== realpathSync(folder)) return disk.write(root, path, text, expected)
      const before = texts()
      const answer = await disk.write(root, path, text, expected)
      const after = textsIn(folder)
      const there = before.get(path)
      if (!answer.ok || !answer.value.written) {
        expect(after).toEqual(before)
        return answer
      }
      expect(after).toEqual(new Map([...before, [path, text]]))
      expect(versionOf(there)).toBe(expected)
      if (isSave) expect(seen).toContain(expected)
      else if (there !== undefined) expect(rest(text)).toBe(rest(there))
      return answer
    },
    move: async (root, from, to) => {
      const before = texts()
      const answer = await disk.move(root, from, to)
      const moved = answer.ok && answer.value.moved
      const at = (path: string): string =>
        moved && (path === from || path.startsWith(`${from}/`)) ? to + path.slice(from.length) : path
      const wanted = new Map([...before].map(([path, text]) => [at(path), text]))
      expect(wanted.size).toBe(before.size)
      expect(textsIn(folder)).toEqual(wanted)
      return answer
    },
    remove: async (root, path) => {
      const before = texts()
      const answer = await disk.remove(root, path)
      const after = textsIn(folder)
      const taken = new Map(
        (answer.ok ? answer.value : []).flatMap((part) =>
          part.bytes ? [[part.path, new TextDecoder().decode(part.bytes)] as const] : [],
        ),
      )
      expect(new Map([...after, ...taken])).toEqual(before)
      return answer
    },
    restore: async (root, parts) => {
      const before = texts()
      const answer = await disk.restore(root, parts)
      const after = textsIn(folder)
      for (const [path, text] of before) expect(after.get(path)).toBe(text)
      if (answer.ok) for (const { path, bytes } of parts) if (bytes) expect(after.has(path)).toBe(true)
      return answer
    },
  }
  const bench = await openWorkbench({
    overrides: {
      files: { chooseFolder: async () => folder, collections: guarded },
      time: {
        after: (milliseconds, then) => {
          const timer = setTimeout(then, milliseconds)
          return () => clearTimeout(timer)
        },
      },
      notices: { changed: (area) => fake.push('changed', { area }) },
    },
  })
  const { collections, collectionItems, duplicateItems, moveItems } = bench.app
  const fake = createFakeBridge({
    'collections:list': () => collections.list(),
    'collections:read': async (input) => {
      const answer = await collections.read(input)
      if (answer.ok) seen.add(answer.value.version)
      return answer
    },
    'collections:save': async (input) => {
      const answer = await collections.save(input)
      if (answer.ok && 'saved' in answer.value) seen.add(answer.value.saved.version)
      else if (answer.ok && 'conflict' in answer.value)
        seen.add(answer.value.conflict.theirs?.version ?? null)
      return answer
    },
    'collections:rename': (input) => collectionItems.rename(input),
    'collections:set-tags': (input) => collectionItems.setTags(input),
    'collections:duplicate': (input) => duplicateItems(input),
    'collections:move': (input) => moveItems(input),
    'collections:remove': (input) => collectionItems.remove(input),
    'collections:restore': (input) => collectionItems.restore(input),
  })
  const opened = await collections.open()
  const collectionId = opened.ok ? (opened.value?.id ?? '') : ''
  const page = createRequestsStore(fake.bridge, {
    face: () => undefined,
    accountIds: () => [],
    keep: () => undefined,
    pin: () => undefined,
    environmentId: () => undefined,
    dropped: () => undefined,
    atEnd: () => undefined,
    signInFor: () => Promise.reject(new Error('nobody signs in')),
    cancelSignIn: async () => undefined,
  })
  const undos: (() => Promise<unknown>)[] = []
  const tree = createCollectionsStore(fake.bridge, {
    offerUndo: (_says, undo) => undos.push(undo),
    follow: (id, files) => {
      for (const { version } of files.rewritten) seen.add(version)
      page.getState().followFiles(id, files)
    },
  })
  /** What was typed into a tab and not saved yet. */
  const typed = new Map<string, string>()
  const tabs = (): string[] => Object.keys(page.getState().open)
  const one = <T>(list: readonly T[]): T | undefined => list[pick(list.length)]
  const items = () => tree.getState().collections.find(({ id }) => id === collectionId)?.items ?? []
  const place = () => {
    const item = one(items())
    return item && { collectionId, path: item.path }
  }

  async function save(tab: string, over?: string | null): Promise<void> {
    isSave = true
    const answer = await page.getState().saveFile(tab, over)
    isSave = false
    const text = typed.get(tab)
    if (answer === null) {
      const file = page.getState().open[tab]?.file
      if (text !== undefined && file) expect(textsIn(folder).get(file.path) ?? text).toContain(text)
      typed.delete(tab)
      count[over === undefined ? 'saved' : 'overwritten'] += 1
    } else if (answer === 'conflict') {
      count.offered += 1
      const conflict = page.getState().conflict
      if (text !== undefined) expect(conflict?.mine).toContain(text)
      const choice = pick(3)
      if (choice === 0) page.getState().endConflict()
      else if (choice === 1) {
        if ((await page.getState().takeFile(tab)) === null) typed.delete(tab)
      } else await save(tab, conflict?.theirs?.version ?? null)
    } else count.refused += 1
  }
  const acts = [
    async () => {
      const item = one(items().filter(({ kind, fault }) => kind === 'http' && fault === undefined))
      const read = item && (await tree.getState().read({ collectionId, path: item.path }))
      if (!read || 'code' in read) return
      const clean = tabs().find((tab) => !typed.has(tab))
      if (tabs().length >= 4) page.getState().keepOnly(tabs().filter((tab) => tab !== clean))
      if (tabs().length < 5)
        await page.getState().begin(`t${pick(1_000_000)}`, { from: 'file', request: read })
    },
    async () => {
      const tab = one(tabs())
      if (tab === undefined) return
      const url = `https://mine.example/${pick(1_000_000_000)}/end`
      page.getState().change(tab, { url })
      typed.set(tab, url)
    },
    async () => {
      const tab = one([...typed.keys()].filter((each) => tabs().includes(each)))
      if (tab !== undefined) await save(tab)
    },
    async () => {
      const at = place()
      if (at && (await tree.getState().rename(at, `n${pick(99)}`)) === null) count.edited += 1
    },
    async () => {
      const at = place()
      if (at && (await tree.getState().setTags(at, [`t${pick(3)}`])) === null) count.edited += 1
    },
    async () => {
      const paths = [place(), place()].flatMap((at) => at?.path ?? [])
      const folders = ['', ...items().flatMap(({ kind, path }) => (kind === 'folder' ? [path] : []))]
      if (paths.length === 0) return
      const move = { collectionId, paths, folder: one(folders) ?? '', before: null }
      if (!('code' in (await tree.getState().move(move, 'Moved.')))) count.moved += 1
    },
    async () => {
      const places = [place()].flatMap((at) => at ?? [])
      if (places.length > 0 && (await tree.getState().remove(places)) === null) count.removed += 1
    },
    async () => {
      if ((await undos.pop()?.()) === null) count.restored += 1
    },
  ]
  await tree.getState().load()
  for (let step = 0; step < steps; step += 1) {
    outside.act()
    await tree.getState().load()
    await one([...acts, ...acts.slice(0, 3), ...acts.slice(1, 3)])?.()
    await Promise.all(tabs().map((tab) => page.getState().look(tab)))
    // What was typed is there until it is saved or given up.
    for (const [tab, text] of typed) expect(page.getState().open[tab]?.draft.url, `step ${step}`).toBe(text)
  }
  const least = steps / 100
  expect(
    Math.min(count.saved, count.offered, count.moved, count.removed),
    JSON.stringify(count),
  ).toBeGreaterThan(least)
  const left = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /\.tmp$/.test(path),
  )
  expect(left).toEqual([])
  if (steps > 200) process.stdout.write(`${JSON.stringify({ steps, seed, ...count })}\n`)
  await bench.close()
  rmSync(join(folder, '..'), { recursive: true })
}, 600_000)
