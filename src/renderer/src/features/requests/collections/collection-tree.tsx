import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react'
import type { Failure } from '@contract/result.ts'
import { shortcutOf } from '../../../lib/shortcuts.ts'
import { useWorkspace } from '../../../lib/workspace.ts'
import { PlaceMenu } from '../../../ui/menu/menu.tsx'
import { copyCurl, openFile, openRun } from '../actions.ts'
import { CollectionDialog, type TreeQuestion } from './collection-dialog.tsx'
import { CollectionRowMenu } from './collection-row-menu.tsx'
import { collections, keyAfter } from './collections-store.ts'
import { isFailure } from './file-tabs.ts'
import { MoveDialog } from './move-dialog.tsx'
import { TreeFace } from './tree-face.tsx'
import {
  canDuplicate,
  canRun,
  folderName,
  isBroken,
  isMovable,
  namesOf,
  stepOf,
  type TreePlace,
} from './tree-moves.ts'
import { isSent, keyOf, keysFor, parentOf, treeRows, type TreeRow } from './tree-rows.ts'
import { actedOn, nothingSelected, withAll, withRange, withToggled } from './tree-selection.ts'
import { useOverscan } from './use-overscan.ts'
import { useRowFocus } from './use-row-focus.ts'
import { useTreeDrag } from './use-tree-drag.ts'
import css from './collection-tree.module.css'

const heights = { plain: 28, broken: 44 } as const

/** The collections as a tree, of which only the rows in view are drawn. Arrow keys move and open, Enter shows a
 *  request, F2 renames, Delete asks before it deletes; Shift, Ctrl and Ctrl Space pick several, Alt with an arrow moves
 *  them among their neighbours, and dragging to another place. */
export function CollectionTree({ search, current }: { search: string; current?: string }) {
  const workspace = useWorkspace()
  const store = collections.use((state) => state)
  const { collections: all, toggled, toggle } = store
  const rows = useMemo(() => treeRows(all, toggled, search), [all, toggled, search])
  const box = useRef<HTMLDivElement>(null)
  const [picked, setPicked] = useState<string>()
  const [selection, setSelection] = useState(nothingSelected)
  const [menuOpen, setMenuOpen] = useState(false)
  const [question, setQuestion] = useState<TreeQuestion>()
  const [moving, setMoving] = useState<TreeRow[]>()
  // With another function all rows are measured again: only where there are others.
  const keyAt = useMemo(() => keysFor(rows), [rows])
  const view = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: (index) => heights[isBroken(rows[index]) ? 'broken' : 'plain'],
    getItemKey: keyAt,
    overscan: useOverscan(rows.length > 0),
  })
  const wantFocus = useRowFocus(rows, view, box)
  const isOrdered = search.trim() === ''
  // What is found is shown from its beginning.
  useEffect(() => box.current?.scrollTo({ top: 0 }), [search])
  const drag = useTreeDrag({
    rows,
    collections: all,
    picked: (row) => actedOn(selection, rows, row),
    onDrop: (moved, drop) =>
      void moveTo(
        moved,
        drop,
        drop.sign === 'into' || drop.into !== undefined ? saysTo(moved, drop) : undefined,
      ),
    onOpen: (key) => toggle(key, true),
  })
  if (rows.length === 0) return null
  const at = Math.max(
    rows.findIndex(({ key }) => key === picked),
    0,
  )
  const row = rows[at]
  const acted = row ? actedOn(selection, rows, row) : []

  function tell(failure: Failure | null): void {
    if (failure) workspace.toasts.getState().fail(failure)
  }
  async function open(one: TreeRow): Promise<void> {
    if (one.expanded !== undefined) return toggle(one.key)
    if (one.trouble !== undefined) return tell({ code: 'collection_fault', message: one.trouble })
    const answer = await store.read(one)
    if (isFailure(answer)) tell(answer)
    else openFile(workspace, answer)
  }
  async function copy(one: TreeRow): Promise<void> {
    const answer = await store.read(one)
    if (isFailure(answer)) tell(answer)
    else await copyCurl(workspace, answer.draft, answer)
  }
  function focus(index: number): void {
    const next = rows[Math.min(Math.max(index, 0), rows.length - 1)]
    if (next) focusKey(next.key)
  }
  function focusKey(key: string): void {
    setPicked(key)
    wantFocus(key)
  }
  function go(index: number): void {
    setSelection(nothingSelected)
    focus(index)
  }
  function extendTo(index: number): void {
    const next = rows[Math.min(Math.max(index, 0), rows.length - 1)]
    if (!row || !next) return
    setSelection(withRange(selection, rows, next.key, row.key))
    focus(index)
  }
  function toggleRow(one: TreeRow): void {
    if (one.path === '') return
    const focused = row && row.path !== '' && row.key !== one.key ? row.key : undefined
    setSelection(withToggled(selection, one, focused))
  }
  function saysTo(moved: readonly TreeRow[], { folder, into }: TreePlace): string {
    return `${namesOf(moved)} moved to “${folderName(all, into ?? moved[0]?.collectionId, folder)}”.`
  }
  async function moveTo(
    moved: readonly TreeRow[],
    { folder, before, into }: TreePlace,
    says?: string,
  ): Promise<void> {
    const [first] = moved
    if (!first) return
    const { collectionId } = first
    const paths = moved.map(({ path }) => path)
    // What a drop has beside its place is for the tree alone.
    const place = { folder, before, ...(into !== undefined && { into }) }
    const answer = await store.move({ collectionId, paths, ...place }, says ?? `${namesOf(moved)} moved.`)
    if ('code' in answer) return tell(answer)
    const keyNow = (path: string): string => keyAfter({ collectionId, path }, answer)
    if (moved.length > 1) setSelection({ keys: new Set(paths.map(keyNow)) })
    focusKey(keyNow(row && moved.includes(row) ? row.path : first.path))
  }
  async function duplicate(some: readonly TreeRow[]): Promise<void> {
    const answer = await store.duplicate(some)
    if ('code' in answer) return tell(answer)
    const keys = answer.map(({ collectionId, path }) => keyOf(collectionId, path))
    setSelection(keys.length > 1 ? { keys: new Set(keys) } : nothingSelected)
    if (keys[0] !== undefined) focusKey(keys[0])
  }
  function step(by: -1 | 1): void {
    const place = isOrdered ? stepOf(acted, by, all) : undefined
    if (place) void moveTo(acted, place, `${namesOf(acted)} moved ${by < 0 ? 'up' : 'down'}.`)
  }
  function unfold(one: TreeRow): void {
    if (one.expanded === false) toggle(one.key, true)
    else if (one.expanded === true && rows[at + 1]?.level === one.level + 1) go(at + 1)
  }
  function fold(one: TreeRow): void {
    if (one.expanded === true && search === '') return toggle(one.key, false)
    const parent = rows.findIndex(({ key }) => key === parentOf(one))
    if (parent >= 0) go(parent)
  }
  function onKey(event: KeyboardEvent): void {
    if (!row) return
    const act = actFor(event, row)
    if (!act) return
    event.preventDefault()
    act()
  }
  function actFor(event: KeyboardEvent, one: TreeRow): (() => void) | undefined {
    const shortcut = shortcutOf(event)
    if (shortcut === 'duplicate') return canDuplicate(acted) ? () => void duplicate(acted) : undefined
    if (shortcut === 'copy-curl') return isSent(one) ? () => void copy(one) : undefined
    if (shortcut === 'move-up') return () => step(-1)
    if (shortcut === 'move-down') return () => step(1)
    if (event.altKey) return undefined
    const isCtrl = event.ctrlKey || event.metaKey
    if (isCtrl && event.key === ' ') return () => toggleRow(one)
    if (isCtrl && !event.shiftKey && event.key.toLowerCase() === 'a') return () => setSelection(withAll(rows))
    if (isCtrl) return undefined
    const acts: Record<string, () => void> = event.shiftKey
      ? {
          ArrowDown: () => extendTo(at + 1),
          ArrowUp: () => extendTo(at - 1),
          Home: () => extendTo(0),
          End: () => extendTo(rows.length - 1),
          ' ': () => extendTo(at),
        }
      : {
          ArrowDown: () => go(at + 1),
          ArrowUp: () => go(at - 1),
          ArrowRight: () => unfold(one),
          ArrowLeft: () => fold(one),
          Home: () => go(0),
          End: () => go(rows.length - 1),
          Enter: () => void open(one),
          ' ': () => void open(one),
          F2: () => !isBroken(one) && setQuestion({ kind: 'rename', row: one }),
          Delete: () => askRemove(),
          ...(selection.keys.size > 0 && { Escape: () => setSelection(nothingSelected) }),
        }
    return acts[event.key]
  }
  function askRemove(): void {
    if (row?.path !== '') setQuestion({ kind: 'remove', rows: acted })
    // The profile’s own collection stays.
    else if (!row.own) setQuestion({ kind: 'close', row })
  }
  function onClick(event: MouseEvent, one: TreeRow): void {
    if (event.ctrlKey || event.metaKey || event.shiftKey) {
      if (event.shiftKey) setSelection(withRange(selection, rows, one.key, row?.key ?? one.key))
      else toggleRow(one)
      return focusKey(one.key)
    }
    setSelection(nothingSelected)
    void open(one)
  }
  /** The menu is of the row that was pointed at. */
  function onMenu(event: MouseEvent): void {
    const key = (event.target as Element).closest<HTMLElement>('[data-key]')?.dataset['key']
    if (key === undefined) return event.preventDefault()
    setPicked(key)
    if (!selection.keys.has(key)) setSelection(nothingSelected)
  }

  const tree = (
    <div ref={box} className={css.box} onKeyDown={onKey} onContextMenu={onMenu} {...drag.handlers}>
      <div
        role="tree"
        aria-label="Collections"
        aria-multiselectable="true"
        className={css.space}
        style={{ height: view.getTotalSize() }}
      >
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
              data-drop={drag.drop?.key === one.key ? drag.drop.sign : undefined}
              draggable={isOrdered && one.path !== ''}
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
              aria-selected={one.path === '' ? undefined : selection.keys.has(one.key)}
              aria-current={one.key === current ? 'true' : undefined}
              onMouseDown={(event) => {
                // A range begins where the focus was, not where it comes to by the press.
                if (event.shiftKey || event.ctrlKey || event.metaKey) event.preventDefault()
              }}
              onFocus={() => setPicked(one.key)}
              onClick={(event) => onClick(event, one)}
            >
              <TreeFace row={one} status={store.statuses.get(one.key)} />
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
            rows={acted}
            onOpen={() => void open(row)}
            onAsk={setQuestion}
            onCopy={() => void copy(row)}
            onDuplicate={canDuplicate(acted) ? () => void duplicate(acted) : undefined}
            onMove={isMovable(acted) ? () => setMoving(acted) : undefined}
            onStep={(by) => (isOrdered && stepOf(acted, by, all) ? () => step(by) : undefined)}
            onRemove={askRemove}
            onRun={canRun(acted) ? () => openRun(workspace, acted) : undefined}
            onRefresh={() => void store.refresh(row.collectionId).then(tell)}
          />
        )}
      </PlaceMenu>
      {question && <CollectionDialog question={question} onClose={() => setQuestion(undefined)} />}
      {moving && (
        <MoveDialog
          rows={moving}
          onMove={(place) => {
            setMoving(undefined)
            void moveTo(moving, place, saysTo(moving, place))
          }}
          onClose={() => setMoving(undefined)}
        />
      )}
    </>
  )
}
