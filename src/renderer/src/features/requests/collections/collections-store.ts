import { createStore } from 'zustand/vanilla'
import type { CollectionRequest, CollectionView, FollowedFiles } from '@contract/collections.ts'
import { createCollectionsReader } from '../../../lib/collections/read-collections.ts'
import { placeIn } from '../../../lib/tabs/follow-files.ts'
import type { Failure } from '@contract/result.ts'
import type { AppBridge } from '../../../lib/bridge.ts'
import { featureStore } from '../../../lib/workspace.ts'
import { requests } from '../store.ts'
import { byCollection, notKnown, renamed, tooMany, topmost } from './moved-words.ts'
import { namesOf } from './tree-moves.ts'
import { insideOf, keyOf, treeRows } from './tree-rows.ts'

/** Which file or folder of which collection; an empty path is the collection itself. */
export interface Place {
  collectionId: string
  path: string
}

interface CollectionsState {
  loaded: boolean
  collections: CollectionView[]
  /** Of the last response to each request, by the key of its row. */
  statuses: ReadonlyMap<string, number>
  /** Those that were opened or closed manually. */
  toggled: ReadonlySet<string>
  load: () => Promise<void>
  toggle: (key: string, open?: boolean) => void
  /** What was made is shown: its folders are opened. */
  reveal: (place: Place) => void
  open: () => Promise<Failure | null>
  create: (name: string) => Promise<Failure | null>
  close: (id: string) => Promise<Failure | null>
  refresh: (id: string) => Promise<Failure | null>
  read: (place: Place) => Promise<CollectionRequest | Failure>
  createRequest: (folder: Place, name: string) => Promise<CollectionRequest | Failure>
  createFolder: (folder: Place, name: string) => Promise<Failure | null>
  createEnvironment: (collectionId: string, name: string) => Promise<Failure | null>
  rename: (place: Place, name: string) => Promise<Failure | null>
  setTags: (place: Place, tags: string[]) => Promise<Failure | null>
  /** Makes copies beside them, and says so with how that is undone: answers where they are. */
  duplicate: (rows: readonly (Place & { name: string })[]) => Promise<Failure | Place[]>
  /** Moves files and folders to the bin, which says so. */
  remove: (places: readonly (Place & { leftId?: string | undefined })[]) => Promise<Failure | null>
  /** Moves what is of one collection; what comes of it is said with how it is undone. */
  move: (move: Move, says: string) => Promise<Failure | FollowedFiles>
}

/** What is moved to a folder, before what is there or behind all. */
interface Move {
  collectionId: string
  /** The collection that it is moved to, where it is another. */
  into?: string
  paths: string[]
  folder: string
  before: string | null
}

interface Around {
  /** Told what was done, and how it is taken back. */
  offerUndo: (says: string, undo: () => Promise<Failure | null>, subject?: string) => void
  /** Told what became of files that may be open. */
  follow: (collectionId: string, files: FollowedFiles) => void
}
/** Milliseconds in which exchanges are gathered. */
const afterExchange = 250
/** Items from which on a list is made ready before it is drawn. */
const long = 500

export function createCollectionsStore(bridge: AppBridge, { offerUndo, follow }: Around) {
  return createStore<CollectionsState>()((set, get) => {
    const read = createCollectionsReader(bridge)
    let reading: Promise<void> | undefined
    let isStale = false
    async function readAll(): Promise<void> {
      isStale = false
      const answer = await read()
      if (answer.ok) {
        await prepare(answer.value)
        set({ collections: answer.value, loaded: true })
      }
      void readStatuses()
      return stale() ? readAll() : undefined
    }
    function stale(): boolean {
      return isStale
    }
    function load(): Promise<void> {
      isStale = true
      reading ??= readAll().finally(() => (reading = undefined))
      return reading
    }
    /** Makes the rows of long lists before they are drawn, each step a short task of the page's. */
    async function prepare(views: readonly CollectionView[]): Promise<void> {
      for (const view of views.filter(({ items }) => items.length > long)) {
        insideOf(view.items)
        await nextTask()
        treeRows([view], get().toggled, '')
        await nextTask()
      }
    }
    let waiting: ReturnType<typeof setTimeout> | undefined
    async function readStatuses(): Promise<void> {
      const answer = await bridge.call['collections:last-statuses']({})
      if (!answer.ok) return
      const statuses = answer.value.map(
        ({ collectionId, path, status }) => [keyOf(collectionId, path), status] as const,
      )
      set({ statuses: new Map(statuses) })
    }
    /** One reading after many exchanges. */
    function readStatusesSoon(): void {
      waiting ??= setTimeout(() => {
        waiting = undefined
        void readStatuses()
      }, afterExchange)
    }
    bridge.on('changed', ({ area }) => {
      if (area === 'exchanges') readStatusesSoon()
      if (area === 'collections') void load()
    })
    /** What was done, once the list shows it. */
    async function done(answer: { ok: true } | { ok: false; error: Failure }): Promise<Failure | null> {
      if (!answer.ok) return answer.error
      await load()
      return null
    }
    /** Open tabs and open folders stay what they are. */
    function followAll(collectionId: string, files: FollowedFiles): void {
      follow(collectionId, files)
      if (files.moved.length === 0) return
      const start = keyOf(collectionId, '')
      const toggled = [...get().toggled].map((key) => {
        if (!key.startsWith(start)) return key
        return keyAfter({ collectionId, path: key.slice(start.length) }, files)
      })
      set({ toggled: new Set(toggled) })
    }
    async function restore(collectionId: string, undo: string): Promise<Failure | null> {
      const answer = await bridge.call['collections:restore']({ undo })
      if (answer.ok) followAll(collectionId, answer.value)
      return done(answer)
    }
    /** Those that are undone are off the list. */
    async function restoreAll(undos: [collectionId: string, undo: string][]): Promise<Failure | null> {
      for (let next = undos[0]; next; next = undos[0]) {
        const failure = await restore(...next)
        if (failure) return failure
        undos.shift()
      }
      return null
    }
    return {
      loaded: false,
      collections: [],
      statuses: new Map(),
      toggled: new Set(),
      load,
      toggle: (key, open) => {
        const toggled = new Set(get().toggled)
        const isFirst = key.endsWith(':')
        const isOpen = toggled.has(key) !== isFirst
        if (isOpen === open) return
        if (toggled.has(key)) toggled.delete(key)
        else toggled.add(key)
        set({ toggled })
      },
      reveal: ({ collectionId, path }) => {
        const parts = path.split('/').slice(0, -1)
        get().toggle(keyOf(collectionId, ''), true)
        parts.forEach((_, index) =>
          get().toggle(keyOf(collectionId, parts.slice(0, index + 1).join('/')), true),
        )
      },
      open: async () => done(await bridge.call['collections:open']({})),
      create: async (name) => done(await bridge.call['collections:create']({ name })),
      close: async (id) => done(await bridge.call['collections:close']({ id })),
      refresh: async (id) => done(await bridge.call['collections:refresh']({ id })),
      read: async ({ collectionId, path }) => {
        const answer = await bridge.call['collections:read']({ collectionId, path })
        return answer.ok ? answer.value : answer.error
      },
      createRequest: async ({ collectionId, path }, name) => {
        const answer = await bridge.call['collections:create-request']({ collectionId, folder: path, name })
        if (!answer.ok) return answer.error
        await load()
        get().reveal(answer.value)
        return answer.value
      },
      createFolder: async ({ collectionId, path }, name) => {
        const answer = await bridge.call['collections:create-folder']({ collectionId, folder: path, name })
        if (answer.ok) get().reveal({ collectionId, path: answer.value.path })
        return done(answer)
      },
      createEnvironment: async (collectionId, name) =>
        done(await bridge.call['collections:create-environment']({ collectionId, name })),
      rename: async ({ collectionId, path }, name) => {
        const answer = await bridge.call['collections:rename']({ collectionId, path, name })
        if (answer.ok) followAll(collectionId, answer.value)
        return done(answer)
      },
      setTags: async ({ collectionId, path }, tags) => {
        const answer = await bridge.call['collections:set-tags']({ collectionId, path, tags })
        if (answer.ok) followAll(collectionId, answer.value)
        return done(answer)
      },
      duplicate: async (rows) => {
        const made: Place[] = []
        const undos: [collectionId: string, undo: string][] = []
        let failure: Failure | null = null
        for (const { collectionId, paths } of byCollection(rows)) {
          failure = tooMany(paths)
          if (failure) break
          const answer = await bridge.call['collections:duplicate']({ collectionId, paths })
          if (!answer.ok) {
            failure = answer.error
            break
          }
          undos.push([collectionId, answer.value.undo])
          made.push(...answer.value.paths.map((path) => ({ collectionId, path })))
        }
        await load()
        for (const place of made) get().reveal(place)
        if (undos.length > 0) offerUndo(`${namesOf(rows)} duplicated.`, () => restoreAll(undos), 'duplicate')
        return failure ?? made
      },
      remove: async (places) => {
        let failure: Failure | null = null
        for (const { leftId } of places) {
          if (leftId === undefined) continue
          const answer = await bridge.call['collections:remove-left']({ id: leftId })
          if (!answer.ok) failure ??= answer.error
        }
        for (const { collectionId, paths } of byCollection(
          places.filter(({ leftId }) => leftId === undefined),
        )) {
          const many = tooMany(paths)
          const answer = many ? undefined : await bridge.call['collections:remove']({ collectionId, paths })
          if (answer?.ok !== true) failure ??= many ?? answer?.error ?? null
        }
        await load()
        return failure
      },
      move: async (move, says) => {
        const { collectionId, into = collectionId } = move
        const paths = topmost(move.paths)
        const many = tooMany(paths)
        if (many) return many
        const answer = await bridge.call['collections:move']({ ...move, paths })
        if (!answer.ok) return answer.error
        const { undo, unknown, ...files } = answer.value
        if (undo === null) return files
        followAll(collectionId, files)
        await load()
        for (const path of move.paths) get().reveal(placeIn({ collectionId, path }, collectionId, files))
        const told = [says, ...renamed(files), ...notKnown(unknown)]
        offerUndo(told.join(' '), () => restore(into, undo), 'move')
        return files
      },
    }
  })
}

/** The key of a row after a move out of its collection. */
export function keyAfter(place: Place, files: FollowedFiles): string {
  const now = placeIn(place, place.collectionId, files)
  return keyOf(now.collectionId, now.path)
}

function nextTask(): Promise<void> {
  return new Promise((done) => setTimeout(done))
}

export const collections = featureStore((workspace) => {
  const { bridge, toasts, tabs } = workspace
  /** Offered again where it failed: what was done can still be taken back. */
  function offerUndo(says: string, undo: () => Promise<Failure | null>, subject?: string): void {
    toasts.getState().offer(says, { label: 'Undo', run: () => void run() }, subject)
    async function run(): Promise<void> {
      const failure = await undo()
      if (!failure) return
      if (failure.code !== 'collection_undo_gone') offerUndo(says, undo, subject)
      toasts.getState().fail(failure)
    }
  }
  function follow(collectionId: string, files: FollowedFiles): void {
    tabs.getState().followFiles(collectionId, files)
    requests.of(workspace).getState().followFiles(collectionId, files)
  }
  return createCollectionsStore(bridge, { offerUndo, follow })
})
