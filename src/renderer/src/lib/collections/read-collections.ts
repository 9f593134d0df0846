import type { CollectionItem, CollectionView, ListedCollection } from '@contract/collections.ts'
import { ok, type Result } from '@contract/result.ts'
import type { AppBridge } from '../bridge.ts'

/** How often a list is begun again that changes while it is read. */
const tries = 5

/** Reads the open collections. Long lists come in pieces, each a short task of the page's, and after the first time
 *  only what has changed of them. */
export function createCollectionsReader(bridge: AppBridge): () => Promise<Result<CollectionView[]>> {
  const known = new Map<string, { revision: number; items: CollectionItem[] }>()
  /** What was read last, also where it is another by now. */
  const last = new Map<string, CollectionItem[]>()

  /** The items of a long list; nothing where it is another by now. */
  async function itemsOf(collectionId: string, revision: number): Promise<CollectionItem[] | undefined> {
    const before = known.get(collectionId)
    if (before?.revision === revision) return before.items
    const items: CollectionItem[] = []
    for (let from: number | null = 0; from !== null;) {
      const since = before?.revision ?? null
      const answer = await bridge.call['collections:items']({ collectionId, revision, since, from })
      if (!answer.ok) {
        known.delete(collectionId)
        return undefined
      }
      // oxlint-disable-next-line habits/checked-json -- what the program itself wrote for its page
      const steps = JSON.parse(answer.value.text) as ([number, number] | CollectionItem)[]
      for (const step of steps) {
        if (!Array.isArray(step)) items.push(step)
        else for (const item of before?.items.slice(step[0], step[0] + step[1]) ?? []) items.push(item)
      }
      from = answer.value.next
    }
    known.set(collectionId, { revision, items })
    last.set(collectionId, items)
    return items
  }

  async function viewOf({ revision, ...view }: ListedCollection): Promise<CollectionView | undefined> {
    if (revision === undefined) return view
    const items = await itemsOf(view.id, revision)
    return items && { ...view, items }
  }

  return async () => {
    for (let time = 1; ; time += 1) {
      const listed = await bridge.call['collections:list']({})
      if (!listed.ok) return listed
      for (const id of last.keys())
        if (!listed.value.some((each) => each.id === id)) {
          known.delete(id)
          last.delete(id)
        }
      const views: CollectionView[] = []
      for (const each of listed.value) {
        const view = await viewOf(each)
        if (view) views.push(view)
        // One that never stops changing is shown as it was.
        else if (time >= tries) views.push({ ...each, items: last.get(each.id) ?? [] })
        else break
      }
      if (views.length === listed.value.length) return ok(views)
    }
  }
}
