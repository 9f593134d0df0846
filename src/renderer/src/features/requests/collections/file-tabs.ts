import type { CollectionRequest } from '@contract/collections.ts'
import type { Failure } from '@contract/result.ts'
import type { AppBridge } from '../../../lib/bridge.ts'
import type { FileOfTab, PlaceOfTab } from '../../../lib/tabs/file-of-tab.ts'
import { followedFile } from '../../../lib/tabs/follow-files.ts'
import { cleanDraft, sameDraft } from '../drafts.ts'
import type { FilesOfTabs, OpenRequest, RequestsState } from '../state.ts'

/** Requests of collections in their tabs: what their files say now, and saving into them. */
export function createFileTabs(
  bridge: AppBridge,
  set: (part: Partial<RequestsState>) => void,
  get: () => RequestsState,
  change: (tabId: string, part: Partial<OpenRequest>) => void,
  /** Told when a tab that was only looked at is worked in. */
  pin: (tabId: string) => void,
): Omit<FilesOfTabs, 'conflict'> {
  /** The file of a tab, if it is still the one that was asked about. */
  function current(tabId: string, asked: FileOfTab): OpenRequest | undefined {
    const now = get().open[tabId]
    return now?.file && isSameFile(now.file, asked) ? now : undefined
  }
  function adopt(tabId: string, request: CollectionRequest): void {
    const { name, draft } = request
    change(tabId, { name, draft, saved: draft, file: fileOf(request), bodies: undefined, auths: undefined })
  }

  return {
    look: async (tabId) => {
      const asked = get().open[tabId]?.file
      if (!asked) return
      const { collectionId, path } = asked
      const answer = await bridge.call['collections:read']({ collectionId, path })
      const now = current(tabId, asked)
      if (!now?.file) return
      const { outside, ...file } = now.file
      if (!answer.ok) return change(tabId, { file: { ...file, outside: { failure: answer.error } } })
      const { name, version } = answer.value
      if (version === file.version) {
        if (outside || name !== now.name) change(tabId, { name, file })
        return
      }
      if (now.saved && sameDraft(now.saved, now.draft)) return adopt(tabId, answer.value)
      change(tabId, { file: { ...file, outside: {} } })
    },
    followFiles: (collectionId, files) => {
      for (const [tabId, { file }] of Object.entries(get().open)) {
        const followed = file && followedFile(file, collectionId, files)
        if (!followed || followed === file) continue
        change(tabId, { file: followed })
        void get().look(tabId)
      }
    },
    takeFile: async (tabId) => {
      set({ conflict: null })
      const asked = get().open[tabId]?.file
      if (!asked) return null
      const { collectionId, path } = asked
      const answer = await bridge.call['collections:read']({ collectionId, path })
      if (!answer.ok) return answer.error
      if (current(tabId, asked)) adopt(tabId, answer.value)
      return null
    },
    makeFile: async (tabId, name, { collectionId, path }) => {
      const request = get().open[tabId]
      const draft = request && cleanDraft(request.draft)
      const answer = await bridge.call['collections:create-request']({
        collectionId,
        folder: path,
        name,
        ...(draft && { draft }),
        // What was sent with it already counts as its first sending.
        ...(request?.file === undefined && request?.exchange && { exchangeId: request.exchange.id }),
      })
      if (!answer.ok) return answer.error
      const now = get().open[tabId]
      if (now) {
        const { value } = answer
        pin(tabId)
        change(tabId, { name: value.name, file: fileOf(value), saved: value.draft })
        if (request && now.draft === request.draft) change(tabId, { draft: value.draft })
      }
      return answer.value
    },
    endConflict: () => set({ conflict: null }),
    saveFile: async (tabId, over) => {
      const request = get().open[tabId]
      if (!request?.file) return null
      const { collectionId, path, version } = request.file
      const draft = cleanDraft(request.draft)
      const input = { collectionId, path, draft, version }
      const answer = await bridge.call['collections:save'](over === undefined ? input : { ...input, over })
      if (!answer.ok) return answer.error
      if ('conflict' in answer.value) {
        set({ conflict: { tabId, ...answer.value.conflict } })
        return 'conflict'
      }
      const { saved } = answer.value
      set({ conflict: null })
      const now = current(tabId, request.file)
      if (!now) return null
      // What was typed meanwhile stays; what the file says in other words is taken over.
      const stays = now.draft !== request.draft || sameDraft(saved.draft, now.draft)
      change(tabId, {
        name: saved.name,
        file: fileOf(saved),
        saved: saved.draft,
        ...(!stays && { draft: saved.draft }),
      })
      return null
    },
  }
}

export function fileOf({ collectionId, path, version, kept, secrets }: CollectionRequest): FileOfTab {
  return { collectionId, path, version, kept, ...(secrets && { secrets }) }
}

/** Where a file is. */
export function placeOf({ collectionId, path }: PlaceOfTab): { collectionId: string; path: string } {
  return { collectionId, path }
}

function isSameFile(one: FileOfTab, other: FileOfTab): boolean {
  return one.collectionId === other.collectionId && one.path === other.path
}

/** The file's own name. */
export function fileName({ path }: Pick<FileOfTab, 'path'>): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

export function isFailure(answer: CollectionRequest | Failure): answer is Failure {
  return 'code' in answer
}
