import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react'
import type { Failure } from '@contract/result.ts'
import { shortcutOf } from '../../../lib/shortcuts.ts'
import { useWorkspace } from '../../../lib/workspace.ts'
import { PlaceMenu } from '../../../ui/menu/menu.tsx'
import { openFile, openRun } from '../actions.ts'
import { CollectionDialog, type TreeQuestion } from './collection-dialog.tsx'
import { CollectionRowMenu } from './collection-row-menu.tsx'
import { collections } from './collections-store.ts'
import { isFailure } from './file-tabs.ts'
import { TreeFace } from './tree-face.tsx'
import { parentOf, treeRows, type TreeRow } from './tree-rows.ts'
import css from './collection-tree.module.css'

const heights = { plain: 28, broken: 44 } as const

/** The collections as a tree, of which only the rows in view are drawn. Arrow keys move and open, Enter shows a
 *  request, F2 renames, Delete asks before it deletes. */
export function CollectionTree({ search, current }: { search: string; current?: string }) {
  const workspace = useWorkspace()
  const store = collections.use((state) => state)
  const { collections: all, toggled, toggle } = store
  const rows = useMemo(() => treeRows(all, toggled, search), [all, toggled, search])
  const box = useRef<HTMLDivElement>(null)
  const [picked, setPicked] = useState<string>()
  const [menuOpen, setMenuOpen] = useState(false)
  const [question, setQuestion] = useState<TreeQuestion>()
  const view = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: (index) => heights[isBroken(rows[index]) ? 'broken' : 'plain'],
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 10,
  })
  if (rows.length === 0) return null
  const at = Math.max(
    rows.findIndex(({ key }) => key === picked),
    0,
  )
  const row = rows[at]

  function tell(failure: Failure | null): void {
    if (failure) workspace.toasts.getState().fail(failure)
  }
  async function open(one: TreeRow): Promise<void> {
    if (one.expanded !== undefined) return toggle(one.key)
    const answer = await store.read(one)
    if (isFailure(answer)) tell(answer)
    else openFile(workspace, answer)
  }
  function focus(index: number): void {
    const next = rows[Math.min(Math.max(index, 0), rows.length - 1)]
    if (!next) return
    setPicked(next.key)
    view.scrollToIndex(rows.indexOf(next))
    requestAnimationFrame(() =>
      box.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(next.key)}"]`)?.focus(),
    )
  }
  function unfold(one: TreeRow): void {
    if (one.expanded === false) toggle(one.key, true)
    else if (one.expanded === true && rows[at + 1]?.level === one.level + 1) focus(at + 1)
  }
  function fold(one: TreeRow): void {
    if (one.expanded === true && search === '') return toggle(one.key, false)
    const parent = rows.findIndex(({ key }) => key === parentOf(one))
    if (parent >= 0) focus(parent)
  }
  function onKey(event: KeyboardEvent): void {
    if (row && shortcutOf(event) === 'duplicate' && row.expanded === undefined && !isBroken(row)) {
      event.preventDefault()
      return void store.duplicate(row).then(tell)
    }
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return
    const acts: Record<string, () => void> = {
      ArrowDown: () => focus(at + 1),
      ArrowUp: () => focus(at - 1),
      ArrowRight: () => unfold(row),
      ArrowLeft: () => fold(row),
      Home: () => focus(0),
      End: () => focus(rows.length - 1),
      Enter: () => void open(row),
      ' ': () => void open(row),
      F2: () => !isBroken(row) && setQuestion({ kind: 'rename', row }),
      Delete: () => setQuestion({ kind: row.path === '' ? 'close' : 'remove', row }),
    }
    const act = acts[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }
  /** The menu is of the row that was pointed at. */
  function onMenu(event: MouseEvent): void {
    const key = (event.target as Element).closest<HTMLElement>('[data-key]')?.dataset['key']
    if (key === undefined) event.preventDefault()
    else setPicked(key)
  }

  const tree = (
    <div ref={box} className={css.box} onKeyDown={onKey} onContextMenu={onMenu}>
      <div role="tree" aria-label="Collections" className={css.space} style={{ height: view.getTotalSize() }}>
        {view.getVirtualItems().map(({ index, start, size }) => {
          const one = rows[index]
          if (!one) return null
          return (
            <div
              key={one.key}
              role="treeitem"
              className={css.row}
              data-key={one.key}
              data-menu={menuOpen && index === at}
              style={{
                transform: `translateY(${start}px)`,
                height: size,
                paddingLeft: 6 + (one.level - 1) * 14,
              }}
              tabIndex={index === at ? 0 : -1}
              aria-level={one.level}
              aria-posinset={one.place}
              aria-setsize={one.neighbours}
              aria-expanded={one.expanded}
              aria-selected={one.key === current}
              onFocus={() => setPicked(one.key)}
              onClick={() => void open(one)}
            >
              <TreeFace row={one} />
            </div>
          )
        })}
      </div>
    </div>
  )
  return (
    <>
      <PlaceMenu place={tree} onOpen={setMenuOpen}>
        {row && (
          <CollectionRowMenu
            row={row}
            onOpen={() => void open(row)}
            onAsk={setQuestion}
            onDuplicate={() => void store.duplicate(row).then(tell)}
            onRun={() => openRun(workspace, row)}
            onRefresh={() => void store.refresh(row.collectionId).then(tell)}
          />
        )}
      </PlaceMenu>
      {question && <CollectionDialog question={question} onClose={() => setQuestion(undefined)} />}
    </>
  )
}

function isBroken(row: TreeRow | undefined): boolean {
  return row?.fault !== undefined || row?.trouble !== undefined
}
