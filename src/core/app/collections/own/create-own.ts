import { ok, type Result } from '@contract/result'
import type { CollectionRequestRecord } from '../../../records/collection-store.ts'
import type { OwnFile } from '../../../records/own-file-store.ts'
import { failureIn } from '../../../text/expected-failure.ts'
import type { Files, Notices, Randomness, Stores, Time } from '../../ports.ts'
import type { Bin } from '../../bin/bin.ts'
import type { CurrentSession } from '../../vault/session.ts'
import type { CollectionMemories } from '../collection-memory.ts'
import type { DeletedFilesDesk } from '../deleted-files.ts'
import type { OpenedFolders } from '../opened-folders.ts'
import type { RequestChoices } from '../request-choices.ts'
import type { OwnFolder } from './own-folder.ts'
import { createReceiveFiles, type ExportedFile } from './receive-files.ts'
import { createTakeIn } from './take-in.ts'
import type { WaitingRequests } from './waiting-requests.ts'

interface Dependencies {
  session: CurrentSession
  isLocked: () => boolean
  time: Pick<Time, 'clock' | 'after'>
  random: Pick<Randomness, 'newId'>
  stores: Pick<Stores, 'collections' | 'ownFiles' | 'requests' | 'users'>
  files: Pick<Files, 'collections'>
  notices: Pick<Notices, 'storageDamaged'>
  folder: OwnFolder
  waiting: WaitingRequests
  choices: RequestChoices
  memories: Pick<CollectionMemories, 'change'>
  folders: Pick<OpenedFolders, 'find' | 'ownId'>
  bin: Pick<Bin, 'discard'>
  deleted: Pick<DeletedFilesDesk, 'takeBack' | 'settle'>
  changed: () => void
}

/** What copies, exports and imports do with the files of own collections. */
export interface OwnParts {
  noteFiles: () => Promise<void>
  ownFiles: (userId: string) => (OwnFile & { request?: CollectionRequestRecord | undefined })[]
  ownMemory: (userId: string) => { id: string; sealedContent: Uint8Array } | undefined
  receiveFiles: (
    files: readonly ExportedFile[],
    secrets: readonly { key: string; value: string }[],
  ) => Promise<Result<null>>
}

/** The profile's own collection beyond what it shares with all others. */
export function createOwn({
  session,
  isLocked,
  time,
  stores,
  files,
  notices,
  folder,
  ...deps
}: Dependencies) {
  const { ownId, find } = deps.folders
  const { collections, ownFiles } = stores
  const disk = files.collections

  /** What is shown of the folder is told at once. */
  async function taken(): Promise<void> {
    const own = find(ownId())
    if (own.ok) await own.value.reader.refresh()
    deps.changed()
  }
  /** Storage that fails is told, and no one waits for it. */
  async function telling(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (thrown) {
      const failure = failureIn(thrown)
      if (failure === undefined) throw thrown
      // Someone locked meanwhile.
      if (failure.code !== 'vault_locked') notices.storageDamaged(failure)
    }
  }

  const { takeIn, settle, left } = createTakeIn({
    session,
    isLocked,
    ownId,
    folder,
    disk,
    waiting: deps.waiting,
    requests: stores.requests,
    collections,
    choices: deps.choices,
    time,
    taken,
  })
  const receive = createReceiveFiles({
    session,
    newId: deps.random.newId,
    ownId,
    folder,
    disk,
    collections,
    memories: deps.memories,
  })
  const parts: OwnParts = {
    noteFiles: () => telling(() => folder.note(stores.users.list().map(({ id }) => id))),
    ownFiles: (userId) => {
      const id = ownId()
      return ownFiles.list(userId).map((file) => ({
        ...file,
        request: collections.request(userId, id, file.path),
      }))
    },
    ownMemory: (userId) => collections.memory(userId, ownId()),
    receiveFiles: async (some, secrets) => {
      const received = await receive(some, secrets)
      await taken()
      return received
    },
  }
  let last: Promise<void> = Promise.resolve()
  async function takeAll(): Promise<void> {
    await takeIn()
    if (isLocked()) return
    const back = await deps.deleted.takeBack()
    if (!back.ok) notices.storageDamaged(back.error)
    deps.changed()
  }
  return {
    ...parts,
    left,
    /** Waits until nothing is halfway. */
    settle: async (): Promise<void> => {
      await Promise.all([last, settle(), deps.deleted.settle()])
    },
    /** Requests that wait become files, and files that came out of the bin go where they were. */
    takeIn(): Promise<void> {
      const mine = last.then(() => telling(takeAll))
      last = mine.catch(() => undefined)
      return mine
    },
    /** Moves a request that cannot be taken in to the bin. */
    removeLeft({ id }: { id: string }): Result<null> {
      const found = left().find((each) => each.id === id)
      if (found) deps.bin.discard({ kind: 'request', name: found.name }, [id])
      deps.changed()
      return ok(null)
    },
  }
}
