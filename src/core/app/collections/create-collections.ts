import type { LastStatus, SavedRequest } from '@contract/collections'
import { ok, type Result } from '@contract/result'
import type { Environments } from '../environments/environments.ts'
import type { Desk, Files, Notices, Randomness, Stores, Time } from '../ports.ts'
import type { LateExchanges } from '../requests/late-exchanges.ts'
import type { RequestVariables } from '../requests/scope/request-variables.ts'
import { forOpener } from '../vault/for-opener.ts'
import type { Bin } from '../bin/bin.ts'
import type { DeletedParts } from '../bin/deleted-parts.ts'
import type { CurrentSession } from '../vault/session.ts'
import { createCollectionMemories } from './collection-memory.ts'
import { createCollectionItems } from './collection-items.ts'
import { createCollections } from './collections.ts'
import { createDeletedFiles } from './deleted-files.ts'
import { createDuplicateItems } from './duplicate-items.ts'
import { createForgetCaptured } from './forget-captured.ts'
import { createLeftBehind } from './left-behind.ts'
import { createMoveItems } from './move-items.ts'
import { createOpenedFolders, type OpenFolder } from './opened-folders.ts'
import { createOwn } from './own/create-own.ts'
import { createDraftFiles } from './own/draft-files.ts'
import { createOwnFolder } from './own/own-folder.ts'
import { createWaitingRequests } from './own/waiting-requests.ts'
import { createRequestChoices } from './request-choices.ts'
import { createUndoSteps } from './undo-steps.ts'
import { createCollectionDefaults } from './scope/collection-defaults.ts'
import { createCollectionScopes } from './scope/collection-scopes.ts'
import { createChooseFiles } from './scope/choose-files.ts'
import { createSurroundings } from './scope/surroundings.ts'
import { createCollectionSignIn } from './sign-in/collection-sign-in.ts'
import { createSharedSignIns } from './sign-in/shared-sign-ins.ts'
import { createExternalValues } from './scope/external-values.ts'

interface Dependencies {
  session: CurrentSession
  isLocked: () => boolean
  time: Pick<Time, 'clock' | 'after'>
  random: Pick<Randomness, 'newId'>
  stores: Pick<
    Stores,
    'collections' | 'connections' | 'deletedFiles' | 'ownFiles' | 'requests' | 'tokens' | 'users'
  >
  files: Pick<Files, 'chooseFolder' | 'chooseFiles' | 'collections' | 'looks' | 'own'>
  notices: Pick<Notices, 'changed' | 'storageDamaged'>
  desk: Pick<Desk, 'computer'>
  environments: Pick<Environments, 'values'>
  requestVariables: RequestVariables
  /** How connections are made. */
  connecting: Pick<Parameters<typeof createCollectionSignIn>[0], 'discover' | 'findBehind' | 'save'>
  bin: Pick<Bin, 'discard'>
  deletedParts: DeletedParts
  exchanges: Pick<LateExchanges, 'tie' | 'lastStatuses'>
}

/** From this status on, the tree shows it. */
const firstTold = 300

/** Collections: folders of requests on the disk. */
export function createCollectionParts(deps: Dependencies) {
  const { session, time, random, stores, files, notices, exchanges } = deps
  const { newId } = random
  const disk = files.collections
  const changed = (): void => notices.changed('collections')
  const capturedChanged = (): void => notices.changed('captured')
  const undoSteps = createUndoSteps()
  const external = createExternalValues({ computer: deps.desk.computer, clock: time.clock })
  const folder = createOwnFolder({ disk, noted: stores.ownFiles, folderOf: files.own.folderOf, time })
  const waiting = createWaitingRequests({ session, requests: stores.requests })
  const folders = createOpenedFolders({
    session,
    time,
    newId,
    disk,
    looks: files.looks,
    collections: stores.collections,
    own: folder,
    left: () => own.left(),
    changed,
    forgotten: () => {
      undoSteps.forget()
      external.forget()
    },
  })
  const choices = createRequestChoices({ session, newId, collections: stores.collections })
  const { deletedFiles } = stores
  const deleted = createDeletedFiles({
    session,
    newId,
    deleted: deletedFiles,
    bin: deps.bin,
    folders,
    disk,
    time,
  })
  const memories = createCollectionMemories({ session, newId, collections: stores.collections })
  const own = createOwn({ ...deps, folder, waiting, choices, memories, folders, deleted, changed })
  const collections = createCollections({
    folders,
    disk,
    choices,
    chooseFolder: (title, fresh) => forOpener(session, () => files.chooseFolder(title, fresh), undefined),
  })
  const { read } = collections
  /** What shows the folder is told at once: that the system tells of it too may take a while. */
  async function tell({ reader }: OpenFolder): Promise<void> {
    await reader.refresh()
    changed()
  }
  function follow(collectionId: string, from: string, to: string, into = collectionId): void {
    choices.follow(collectionId, from, to, into)
    memories.follow(collectionId, from, to, into)
  }
  const surroundings = createSurroundings({
    folders,
    disk,
    memories,
    external,
    variables: deps.environments,
  })
  const signIns = createSharedSignIns({ session, ...stores })
  const scopes = createCollectionScopes({
    surroundings,
    memories,
    external,
    signIns,
    changed,
    captured: capturedChanged,
  })
  return {
    /** What commands said is not held through a lock. */
    forgetOutputs: external.forget,
    collections,
    own,
    /** What names a request of a file in the history. */
    idOfFile: choices.idOf,
    /** The files of requests by what named them while a version kept them in the database. */
    async ofSaved({ ids }: { ids: readonly string[] }): Promise<Result<SavedRequest[]>> {
      await own.takeIn()
      const found: SavedRequest[] = []
      for (const id of ids) {
        const place = stores.collections.requestById(session().user.id, id)
        const request = place && (await read(place))
        if (request?.ok) found.push({ id, request: request.value })
      }
      return ok(found)
    },
    /** Of those that were not answered as one wishes: the others are not shown, and may be very many. */
    lastStatuses(): Result<LastStatus[]> {
      const userId = session().user.id
      const statuses = exchanges.lastStatuses(userId)
      return ok(
        stores.collections.requests(userId).flatMap(({ id, collectionId, path }) => {
          const status = statuses.get(id) ?? 0
          return status < firstTold ? [] : [{ collectionId, path, status }]
        }),
      )
    },
    /** Seals what waits and is in the open. */
    sealWaiting: waiting.sealAll,
    collectionSignIn: createCollectionSignIn({
      ...deps.connecting,
      session,
      folders,
      disk,
      memories,
      surroundings,
      signIns,
      ...stores,
      changed,
    }),
    draftFiles: createDraftFiles({
      ownId: folders.ownId,
      memories,
      requestVariables: deps.requestVariables,
      changed,
    }),
    collectionScopes: scopes,
    chooseBodyFiles: createChooseFiles({
      folders,
      memories,
      chooseFiles: (several) => forOpener(session, () => files.chooseFiles(several), []),
      changed,
    }),
    collectionDefaults: createCollectionDefaults({ folders, disk, memories, changed }),
    captured: createForgetCaptured({ ...deps, folders, memories, changed: capturedChanged }),
    collectionItems: createCollectionItems({
      folders,
      disk,
      read,
      choices,
      undoSteps,
      deleted,
      tie: (place, exchangeId) => {
        exchanges.tie(session().user.id, exchangeId, choices.idOf(place))
      },
      tell,
    }),
    duplicateItems: createDuplicateItems({ folders, disk, newId, choices, memories, undoSteps, tell }),
    moveItems: createMoveItems({
      folders,
      disk,
      newId,
      undoSteps,
      follow,
      choices,
      tell,
      leftBehind: createLeftBehind({ disk, scopes }),
    }),
  }
}
