import { Plus } from 'lucide-react'
import { useDeferredValue, useEffect } from 'react'
import { useTabs, useWorkspace } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import { ListPane } from '../../../ui/list/list.tsx'
import { SearchField } from '../../../ui/list/search-field.tsx'
import { newRequest } from '../actions.ts'
import { CollectionTree } from '../collections/collection-tree.tsx'
import { CollectionsMenu } from '../collections/collections-menu.tsx'
import { collections } from '../collections/collections-store.ts'
import { isAnyFound, keyOf } from '../collections/tree-rows.ts'
import { RequestRows } from './request-rows.tsx'
import { listRows } from './list-rows.ts'
import { requests } from '../store.ts'
import css from './requests-list.module.css'

/** Collections, and what was sent, by day; narrowed by a search. */
export function RequestsList() {
  const workspace = useWorkspace()
  const load = requests.use((state) => state.load)
  const loaded = requests.use((state) => state.loaded)
  const history = requests.use((state) => state.history)
  const search = requests.use((state) => state.search)
  const waiting = requests.use((state) => state.waiting)
  const searchFor = requests.use((state) => state.searchFor)
  const activeId = useTabs((state) => state.activeId)
  const current = requests.use((state) => {
    const open = activeId === null ? undefined : state.open[activeId]
    return open?.file ? undefined : open?.exchange?.id
  })
  const file = requests.use((state) => (activeId === null ? undefined : state.open[activeId]?.file))
  const loadCollections = collections.use((state) => state.load)
  const hasFiles = collections.use((state) => state.collections.some(({ items }) => items.length > 0))
  const isSearched = search.trim() !== ''
  // What is typed is shown before the tree follows it.
  const treeSearch = useDeferredValue(search)
  const anyFound = collections.use((state) => isSearched && isAnyFound(state.collections, treeSearch))
  useEffect(() => void load(), [load])
  useEffect(() => void loadCollections(), [loadCollections])
  const rows = listRows(history)
  return (
    <>
      <SearchField
        label="Search requests and history"
        placeholder="Search requests and history"
        value={search}
        onSearch={(text) => void searchFor(text)}
      />
      {isSearched && (
        <p className={css.filters}>
          Addresses, headers and bodies. Filters: <code>status:4xx</code> <code>host:</code>{' '}
          <code>method:</code> <code>account:</code> <code>after:today</code> <code>before:</code>{' '}
          <code>took:&gt;1s</code> <code>is:pinned</code> <code>tag:</code>
        </p>
      )}
      {isSearched && waiting > 0 && (
        <p className={css.filters} role="status">
          {waiting.toLocaleString('en')} exchanges are not indexed yet. More results may follow.
        </p>
      )}
      <ListPane
        title="Requests"
        own
        action={
          <span className={css.actions}>
            <CollectionsMenu />
            <Button look="quiet" small icon={<Plus />} onClick={() => newRequest(workspace)}>
              New
            </Button>
          </span>
        }
      >
        <CollectionTree search={treeSearch} current={file && keyOf(file.collectionId, file.path)} />
        {rows.length > 0 && <RequestRows rows={rows} current={current} />}
        {loaded && isSearched && rows.length === 0 && !anyFound && <p className={css.none}>No results</p>}
        {loaded && !isSearched && history.length === 0 && !hasFiles && (
          <p className={css.none}>
            Requests you send appear here by day, with their responses. Press Ctrl+S to save one.
          </p>
        )}
      </ListPane>
    </>
  )
}
