import type { LeftRequest } from '@contract/collections'
import type { Failure, Result } from '@contract/result'
import { ok } from '@contract/result'
import { fileNameFor } from '../../../collections/file-name.ts'
import { openName } from '../../../http/draft-secrets.ts'
import type { CollectionDisk } from '../../../records/collection-disk.ts'
import type { CollectionStore } from '../../../records/collection-store.ts'
import type { RequestRecord } from '../../../records/model.ts'
import type { RequestStore } from '../../../records/ports.ts'
import { createPacer } from '../../../text/pacer.ts'
import type { Time } from '../../ports.ts'
import type { CurrentSession } from '../../vault/session.ts'
import { freshRequest } from '../fresh-request.ts'
import type { RequestChoices } from '../request-choices.ts'
import type { OwnFolder } from './own-folder.ts'
import type { WaitingRequests } from './waiting-requests.ts'

interface Dependencies {
  session: CurrentSession
  isLocked: () => boolean
  ownId: () => string
  folder: Pick<OwnFolder, 'make' | 'folderOf'>
  disk: Pick<CollectionDisk, 'read' | 'write'>
  waiting: WaitingRequests
  requests: Pick<RequestStore, 'remove'>
  collections: Pick<CollectionStore, 'request' | 'requestById'>
  choices: Pick<RequestChoices, 'split' | 'keepAs'>
  time: Pick<Time, 'clock' | 'after'>
  /** Files have come. */
  taken: () => Promise<void>
}

/** Makes a file in the profile's own collection of each request that waits, and lets go of it when that is on the disk. What
 *  belongs to it in the vault is kept first, under its own identifier: where a run ends in between, the next one finds the
 *  place, and nothing comes twice. One that cannot be taken in stays where it is, and why is told. */
export function createTakeIn(deps: Dependencies) {
  const { session, isLocked, ownId, folder, disk, waiting, requests, collections, choices, time } = deps
  let last: Promise<unknown> = Promise.resolve()
  let troubles = new Map<string, Failure>()

  /** What is at a path; nothing where no file is. */
  async function textAt(root: string, path: string): Promise<Result<string | undefined>> {
    const read = await disk.read(root, path)
    if (read.ok) return ok(read.value.text)
    return read.error.code === 'collection_file_gone' ? ok(undefined) : read
  }

  /** Where a request goes: its place of before, or a name that is free. `isThere`: its file is written already. */
  async function placeFor(
    root: string,
    { id, name, userId }: RequestRecord,
    text: string,
  ): Promise<Result<{ path: string; isThere: boolean; id?: string }>> {
    const known = collections.requestById(userId, id)
    if (known?.collectionId === ownId()) {
      const there = await textAt(root, known.path)
      if (!there.ok) return there
      if (there.value === undefined || there.value === text)
        return ok({ path: known.path, isThere: there.value !== undefined, id })
    }
    const taken: string[] = []
    for (;;) {
      const path = fileNameFor(name, '.yml', taken)
      const there = await textAt(root, path)
      // The same file that nothing belongs to: the database is older than the folder.
      const isSame =
        there.ok && there.value === text && collections.request(userId, ownId(), path) === undefined
      if (isSame || (there.ok && there.value === undefined))
        return ok({ path, isThere: isSame, ...(known === undefined && { id }) })
      taken.push(path)
    }
  }

  async function takeOne(record: RequestRecord): Promise<Result<null>> {
    const draft = waiting.read(record)
    if (!draft.ok) return draft
    const name = openName(record.name, draft.value)
    const made = freshRequest(choices, name, draft.value)
    if (!made.ok) return made
    const { text, open = draft.value, secrets } = made.value
    const root = folder.folderOf(record.userId)
    const place = await placeFor(root, { ...record, name }, text)
    if (!place.ok) return place
    const { path, isThere, id } = place.value
    if (isLocked() || session().user.id !== record.userId) return ok(null)
    choices.keepAs(id, { collectionId: ownId(), path }, open, secrets)
    if (!isThere) {
      const written = await disk.write(root, path, text, null)
      if (!written.ok) return written
      // Another program was quicker with that name: the next run finds another.
      if (!written.value.written) return ok(null)
    }
    requests.remove(record.userId, record.id)
    return ok(null)
  }

  async function takeAll(): Promise<void> {
    if (isLocked()) return
    const userId = session().user.id
    const made = await folder.make(userId)
    if (isLocked() || session().user.id !== userId) return
    const records = waiting.list()
    const found = new Map<string, Failure>()
    const pacer = createPacer(time.clock, time.after)
    for (const record of records) {
      if (isLocked() || session().user.id !== userId) return
      const done = made.ok ? await takeOne(record) : made
      if (!done.ok) found.set(record.id, done.error)
      if (pacer.isDue()) await pacer.turn()
    }
    troubles = found
    if (records.length > 0) await deps.taken()
  }

  return {
    /** One run at a time; whoever asks meanwhile gets the next one. */
    takeIn(): Promise<void> {
      const mine = last.then(takeAll, takeAll)
      last = mine.catch(() => undefined)
      return mine
    },
    /** Waits until no run is halfway. */
    settle: async (): Promise<void> => {
      await last
    },
    /** Those that could not be taken in, each with why. */
    left(): LeftRequest[] {
      return waiting.list().flatMap(({ id, name }) => {
        const trouble = troubles.get(id)
        return trouble === undefined ? [] : [{ id, name, reason: trouble.message }]
      })
    },
  }
}
