import { useVirtualizer } from '@tanstack/react-virtual'
import { ChevronRight } from 'lucide-react'
import { useId, useRef, useState, type KeyboardEvent } from 'react'
import type { TreeRow } from '../../../../lib/json/outline.ts'
import { count } from '../../../../lib/format.ts'
import { useCopyMenu } from '../../../../ui/menu/copy-menu.tsx'
import { JsonLine } from '../../../../ui/code/code-text.tsx'
import { DoubledName } from './doubled-name.tsx'
import type { JsonRows } from './use-json-document.ts'
import { useValueActions } from './use-value-menu.tsx'
import css from './json-tree.module.css'

const rowHeight = 22
const step = 14
/** Deeper rows are not moved further to the right. */
const deepest = 40

/** JSON as a tree of which only the rows in view are drawn; arrow keys move, open and close. */
export function JsonTree({ rows }: { rows: JsonRows }) {
  const box = useRef<HTMLDivElement>(null)
  const name = useId()
  const total = rows.counts?.nodes ?? 0
  const [picked, setPicked] = useState(0)
  const view = useVirtualizer({
    count: total,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  })
  const at = Math.min(picked, Math.max(0, total - 1))
  function go(index: number): void {
    const to = Math.max(0, Math.min(total - 1, index))
    setPicked(to)
    view.scrollToIndex(to)
  }
  function parentOf(depth: number): number {
    for (let index = at - 1; index >= 0; index -= 1) {
      const row = rows.node(index)
      if (!row) return index
      if (row.depth < depth) return index
    }
    return at
  }
  const { copy, items } = useValueActions(rows.copy)
  const menu = useCopyMenu((target) => {
    const item = target.closest('[role="treeitem"]')
    const index = item ? Number(item.id.slice(name.length + 1)) : at
    const row = rows.node(index)
    if (!row) return []
    setPicked(index)
    // The key is the tree's own.
    return items(row.node).map((each, place) => (place === 0 ? { ...each, keys: 'Ctrl C' } : each))
  })
  function onKey(event: KeyboardEvent): void {
    const row = rows.node(at)
    const page = Math.max(1, Math.floor((box.current?.clientHeight ?? 0) / rowHeight) - 1)
    const moves: Record<string, () => void> = {
      ArrowDown: () => go(at + 1),
      ArrowUp: () => go(at - 1),
      PageDown: () => go(at + page),
      PageUp: () => go(at - page),
      Home: () => go(0),
      End: () => go(total - 1),
      ArrowRight: () => {
        if (row?.members === undefined) return
        if (row.open) go(at + 1)
        else void rows.toggle(row.node)
      },
      ArrowLeft: () => {
        if (!row) return
        if (row.open) void rows.toggle(row.node)
        else go(parentOf(row.depth))
      },
      Enter: () => {
        if (row?.members !== undefined) void rows.toggle(row.node)
      },
    }
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'c' && row) {
      event.preventDefault()
      return void copy(row.node, 'value')
    }
    const move = moves[event.key === ' ' ? 'Enter' : event.key]
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    move()
  }
  return (
    <>
      <div
        ref={box}
        className={css.box}
        role="tree"
        aria-label="Body as a tree"
        tabIndex={0}
        aria-activedescendant={total === 0 ? undefined : `${name}-${at}`}
        onKeyDown={onKey}
        onContextMenu={menu.onContextMenu}
      >
        <div className={css.space} style={{ height: view.getTotalSize() }}>
          {view.getVirtualItems().map(({ index, start }) => {
            const row = rows.node(index)
            return (
              <div
                key={index}
                id={`${name}-${index}`}
                role="treeitem"
                aria-level={(row?.depth ?? 0) + 1}
                aria-expanded={row?.members === undefined ? undefined : row.open}
                aria-selected={index === at}
                className={css.row}
                style={{ transform: `translateY(${start}px)` }}
                onClick={() => {
                  setPicked(index)
                  if (row?.members !== undefined) void rows.toggle(row.node)
                }}
              >
                <span className={css.indent} style={{ width: Math.min(row?.depth ?? 0, deepest) * step }} />
                <span className={css.arrow}>
                  {row?.members !== undefined && <ChevronRight aria-hidden="true" />}
                </span>
                {row?.index !== undefined && <span className={css.index}>{row.index}</span>}
                {row?.key !== undefined && <span className={css.key}>{row.key.slice(1, -1)}</span>}
                {row ? <Value row={row} /> : <span className="faint">…</span>}
                {row?.doubled && <DoubledName />}
              </div>
            )
          })}
        </div>
      </div>
      {menu.menu}
    </>
  )
}

function Value({ row }: { row: TreeRow }) {
  if (row.members === undefined) return <JsonLine text={row.text} />
  const list = row.text === '['
  return (
    <span className={css.summary}>
      {list ? '[ ]' : '{ }'} {count(row.members, list ? 'item' : 'field')}
      {row.preview && <span className={css.preview}>{row.preview}</span>}
    </span>
  )
}
