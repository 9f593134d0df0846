import type { Files, Notices, Randomness, Stores, Time } from '../ports.ts'
import type { CurrentSession } from '../vault/session.ts'
import { createCollectionItems } from './collection-items.ts'
import { createCollections } from './collections.ts'
import { createOpenedFolders } from './opened-folders.ts'
import { createRemovedParts } from './removed-parts.ts'
import { createRequestChoices } from './request-choices.ts'

interface Dependencies {
  session: CurrentSession
  time: Pick<Time, 'clock' | 'after'>
  random: Pick<Randomness, 'newId'>
  stores: Pick<Stores, 'collections'>
  files: Pick<Files, 'chooseFolder' | 'collections'>
  notices: Pick<Notices, 'changed'>
}

/** Collections: folders of requests on the disk. */
export function createCollectionParts(deps: Dependencies) {
  const { session, time, random, stores, files, notices } = deps
  const { newId } = random
  const disk = files.collections
  const changed = (): void => notices.changed('collections')
  const removed = createRemovedParts()
  const folders = createOpenedFolders({
    session,
    time,
    newId,
    disk,
    collections: stores.collections,
    changed,
    forgotten: removed.forget,
  })
  const choices = createRequestChoices({ session, newId, collections: stores.collections })
  const collections = createCollections({
    folders,
    disk,
    choices,
    chooseFolder: files.chooseFolder,
  })
  const { read } = collections
  return {
    collections,
    collectionItems: createCollectionItems({ folders, disk, newId, read, choices, removed, changed }),
  }
}
