import type { Environments } from '../environments/environments.ts'
import type { Desk, Files, Notices, Randomness, Stores, Time } from '../ports.ts'
import type { RequestVariables } from '../requests/scope/request-variables.ts'
import { forOpener } from '../vault/for-opener.ts'
import type { CurrentSession } from '../vault/session.ts'
import { createCollectionMemories } from './collection-memory.ts'
import { createCollectionItems } from './collection-items.ts'
import { createCollections } from './collections.ts'
import { createMoveItems } from './move-items.ts'
import { createOpenedFolders, type OpenFolder } from './opened-folders.ts'
import { createDraftFiles } from './own/draft-files.ts'
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
  time: Pick<Time, 'clock' | 'after'>
  random: Pick<Randomness, 'newId'>
  stores: Pick<Stores, 'collections' | 'connections' | 'tokens'>
  files: Pick<Files, 'chooseFolder' | 'chooseFiles' | 'collections'>
  notices: Pick<Notices, 'changed'>
  desk: Pick<Desk, 'computer'>
  environments: Pick<Environments, 'values'>
  requestVariables: RequestVariables
  /** How connections are made. */
  connecting: Pick<Parameters<typeof createCollectionSignIn>[0], 'discover' | 'findBehind' | 'save'>
}

/** Collections: folders of requests on the disk. */
export function createCollectionParts(deps: Dependencies) {
  const { session, time, random, stores, files, notices } = deps
  const { newId } = random
  const disk = files.collections
  const changed = (): void => notices.changed('collections')
  const undoSteps = createUndoSteps()
  const external = createExternalValues({ computer: deps.desk.computer, clock: time.clock })
  const folders = createOpenedFolders({
    session,
    time,
    newId,
    disk,
    collections: stores.collections,
    changed,
    forgotten: () => {
      undoSteps.forget()
      external.forget()
    },
  })
  const choices = createRequestChoices({ session, newId, collections: stores.collections })
  const collections = createCollections({
    folders,
    disk,
    choices,
    chooseFolder: (title, fresh) => forOpener(session, () => files.chooseFolder(title, fresh), undefined),
  })
  const memories = createCollectionMemories({ session, newId, collections: stores.collections })
  const { read } = collections
  /** What shows the folder is told at once: that the system tells of it too may take a while. */
  async function tell({ reader }: OpenFolder): Promise<void> {
    await reader.refresh()
    changed()
  }
  function follow(collectionId: string, from: string, to: string): void {
    choices.follow(collectionId, from, to)
    memories.follow(collectionId, from, to)
  }
  const surroundings = createSurroundings({
    folders,
    disk,
    memories,
    external,
    variables: deps.environments,
  })
  const signIns = createSharedSignIns({ session, ...stores })
  return {
    /** What commands said is not held through a lock. */
    forgetOutputs: external.forget,
    collections,
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
    collectionScopes: createCollectionScopes({
      surroundings,
      memories,
      external,
      signIns,
      changed,
      captured: () => notices.changed('captured'),
    }),
    chooseBodyFiles: createChooseFiles({
      folders,
      memories,
      chooseFiles: (several) => forOpener(session, () => files.chooseFiles(several), []),
      changed,
    }),
    collectionDefaults: createCollectionDefaults({ folders, disk, memories, changed }),
    collectionItems: createCollectionItems({ folders, disk, newId, read, choices, undoSteps, tell }),
    moveItems: createMoveItems({ folders, disk, newId, undoSteps, follow, tell }),
  }
}
