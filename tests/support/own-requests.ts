import type { CollectionRequest, CollectionView } from '../../src/core/contract/collections.ts'
import type { RequestDraft } from '../../src/core/contract/requests.ts'
import type { Result } from '../../src/core/contract/result.ts'
import type { App } from '../../src/core/app/create-app.ts'

const value = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

/** The profile's own collection, as its folder is now. */
export const ownCollection = async (app: App): Promise<CollectionView> => {
  await app.own.settle()
  const [first] = value(await app.collections.list())
  if (first?.own === undefined) throw new Error('no own collection')
  value(await app.collections.refresh({ id: first.id }))
  return value(await app.collections.list())[0] ?? first
}

/** Saves a request in it, as the page does by default. */
export const saveOwn = async (app: App, name: string, draft: RequestDraft): Promise<CollectionRequest> => {
  const { id } = await ownCollection(app)
  return value(await app.collectionItems.createRequest({ collectionId: id, folder: '', name, draft }))
}

/** All that is in it. */
export const ownRequests = async (app: App): Promise<CollectionRequest[]> => {
  const { id, items } = await ownCollection(app)
  const files = items.filter(({ kind }) => kind === 'http')
  return Promise.all(
    files.map(async ({ path }) => value(await app.collections.read({ collectionId: id, path }))),
  )
}
