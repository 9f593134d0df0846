import { useEffect, useRef, useState, type DragEvent } from 'react'
import type { CollectionView } from '@contract/collections.ts'
import { dropAt, type TreeDrop } from './tree-moves.ts'
import type { TreeRow } from './tree-rows.ts'

interface Props {
  rows: readonly TreeRow[]
  collections: readonly CollectionView[]
  /** What is dragged where a row is taken hold of. */
  picked: (row: TreeRow) => TreeRow[]
  onDrop: (moved: TreeRow[], drop: TreeDrop) => void
  /** Opens a folder over which something is held for a while. */
  onOpen: (key: string) => void
}

/** Milliseconds until a closed folder opens under what is held over it. */
const openAfter = 700

/** Rows of the tree that are dragged to another place in it. Escape ends it; what can be dropped on shows where. */
export function useTreeDrag({ rows, collections, picked, onDrop, onOpen }: Props) {
  const held = useRef<TreeRow[]>([])
  const [drop, setDrop] = useState<TreeDrop>()
  const [over, setOver] = useState<string>()
  const closed = rows.find(({ key, expanded }) => key === over && expanded === false)?.key
  useEffect(() => {
    if (closed === undefined) return undefined
    const timer = setTimeout(() => onOpen(closed), openAfter)
    return () => clearTimeout(timer)
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- another function each time, which does the same
  }, [closed])

  function rowAt(event: DragEvent): { row: TreeRow; part: number } | undefined {
    const element = (event.target as Element).closest<HTMLElement>('[data-key]')
    const row = rows.find(({ key }) => key === element?.dataset['key'])
    if (!element || !row) return undefined
    const { top, height } = element.getBoundingClientRect()
    return { row, part: (event.clientY - top) / height }
  }
  function end(): void {
    held.current = []
    setDrop(undefined)
    setOver(undefined)
  }
  function placeFor(event: DragEvent): TreeDrop | undefined {
    const at = held.current.length > 0 ? rowAt(event) : undefined
    return at && dropAt(held.current, at.row, at.part, collections)
  }
  return {
    drop,
    handlers: {
      onDragStart: (event: DragEvent): void => {
        const at = rowAt(event)
        if (!at) return
        held.current = picked(at.row)
        event.dataTransfer.effectAllowed = 'move'
        // Without any data nothing is dragged; what is dragged is known here.
        event.dataTransfer.setData('application/x-gatehouse-tree', '')
      },
      onDragOver: (event: DragEvent): void => {
        if (held.current.length === 0) return
        const next = placeFor(event)
        setDrop((before) => (isSameDrop(before, next) ? before : next))
        setOver(rowAt(event)?.row.key)
        if (!next) return
        event.preventDefault()
        event.dataTransfer.dropEffect = 'move'
      },
      onDragLeave: (event: DragEvent<HTMLElement>): void => {
        if (event.currentTarget.contains(event.relatedTarget as Node | null)) return
        setDrop(undefined)
        setOver(undefined)
      },
      onDrop: (event: DragEvent): void => {
        const [moved, next] = [held.current, placeFor(event)]
        end()
        if (!next) return
        event.preventDefault()
        onDrop(moved, next)
      },
      onDragEnd: end,
    },
  }
}

function isSameDrop(one: TreeDrop | undefined, other: TreeDrop | undefined): boolean {
  return one?.key === other?.key && one?.sign === other?.sign
}
