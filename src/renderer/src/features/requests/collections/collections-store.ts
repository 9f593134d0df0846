import { createStore } from 'zustand/vanilla'
import type { CollectionRequest, CollectionView } from '@contract/collections.ts'
import type { Failure } from '@contract/result.ts'
import type { AppBridge } from '../../../lib/bridge.ts'
import { featureStore } from '../../../lib/workspace.ts'
import { keyOf } from './tree-rows.ts'

/** Which file or folder of which collection; an empty path is the collection itself. */
interface Place {
  collectionId: string
  path: string
}

interface CollectionsState {
  loaded: boolean
  collections: CollectionView[]
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
  duplicate: (place: Place) => Promise<Failure | null>
  remove: (place: Place) => Promise<Failure | null>
}

/** Told what was deleted, and how it comes back. */
type OfferUndo = (name: string, undo: () => Promise<Failure | null>) => void

export function createCollectionsStore(bridge: AppBridge, offerUndo: OfferUndo) {
  return createStore<CollectionsState>()((set, get) => {
    let reading: Promise<void> | undefined
    let isStale = false
    async function readAll(): Promise<void> {
      isStale = false
      const answer = await bridge.call['collections:list']({})
      if (answer.ok) set({ collections: answer.value, loaded: true })
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
    bridge.on('changed', ({ area }) => {
      if (area === 'collections') void load()
    })
    /** What was done, once the list shows it. */
    async function done(answer: { ok: true } | { ok: false; error: Failure }): Promise<Failure | null> {
      if (!answer.ok) return answer.error
      await load()
      return null
    }
    return {
      loaded: false,
      collections: [],
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
      rename: async ({ collectionId, path }, name) =>
        done(await bridge.call['collections:rename']({ collectionId, path, name })),
      duplicate: async ({ collectionId, path }) =>
        done(await bridge.call['collections:duplicate']({ collectionId, path })),
      remove: async ({ collectionId, path }) => {
        const answer = await bridge.call['collections:remove']({ collectionId, path })
        if (answer.ok) {
          const { undo, name } = answer.value
          offerUndo(name, async () => done(await bridge.call['collections:restore']({ undo })))
        }
        return done(answer)
      },
    }
  })
}

export const collections = featureStore(({ bridge, toasts }) => {
  /** Offered again where it failed: what was deleted is still held. */
  function offerUndo(name: string, undo: () => Promise<Failure | null>): void {
    toasts.getState().offer(`“${name}” was deleted.`, { label: 'Undo', run: () => void run() })
    async function run(): Promise<void> {
      const failure = await undo()
      if (!failure) return
      if (failure.code !== 'collection_undo_gone') offerUndo(name, undo)
      toasts.getState().fail(failure)
    }
  }
  return createCollectionsStore(bridge, offerUndo)
})
