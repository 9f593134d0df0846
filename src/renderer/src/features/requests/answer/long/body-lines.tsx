import { ChevronDown, ChevronRight } from 'lucide-react'
import { useMemo, useState, type KeyboardEvent } from 'react'
import type { BodyRows } from '@contract/bodies.ts'
import { count as counted } from '../../../../lib/format.ts'
import { useWorkspace } from '../../../../lib/workspace.ts'
import { JsonLine } from '../../../../ui/code/code-text.tsx'
import { ManyLines } from '../../../../ui/code/many-lines.tsx'
import { useCopyMenu } from '../../../../ui/menu/copy-menu.tsx'
import { DoubledName } from '../json/doubled-name.tsx'
import { EventRow } from './event-row.tsx'
import { foldedLines, type Fold } from './folds.ts'
import { useBodyRows, useBodyState } from './use-long-body.ts'
import css from './long-body.module.css'

interface Props {
  id: string
  as: Exclude<BodyRows['as'], 'table'>
  count: number
  /** The line to be brought into view; another object is another wish. */
  goTo?: { line: number } | undefined
  /** Lines whose name their object has already. */
  doubled?: readonly number[] | undefined
  isEvents?: boolean
}

const labels: Record<Props['as'], string> = {
  json: 'Body, formatted',
  text: 'Body as text',
  records: 'Messages',
}
const noLines: readonly number[] = []

/** The lines of a body as they come into view. Of JSON, objects and lists can be folded, and paths and values copied: by
 *  the second mouse button, or by keys at the line that arrow keys move to. */
export function BodyLines({ id, as, count, goTo, doubled = noLines, isEvents = false }: Props) {
  const { bridge, toasts } = useWorkspace()
  const row = useBodyRows(id, as)
  const [folds, setFolds] = useState<readonly Fold[]>([])
  const [said, say] = useState('')
  const [at, setAt] = useState<number>()
  const shown = useMemo(() => foldedLines(count, folds), [count, folds])
  const marked = useMemo(() => new Set(doubled), [doubled])
  const isJson = as === 'json'

  const [gone, setGone] = useState(goTo)
  if (goTo !== gone) {
    setGone(goTo)
    if (goTo !== undefined) {
      setAt(goTo.line)
      setFolds(folds.filter(({ from, to }) => goTo.line <= from || goTo.line > to))
    }
  }

  async function copy(line: number, what: 'path' | 'value'): Promise<void> {
    const copied = await bridge.call['bodies:copy']({ id, line, what })
    if (!copied.ok) toasts.getState().fail(copied.error)
    else toasts.getState().show(what === 'path' ? 'Path copied.' : 'Value copied.', 'ok')
  }
  async function fold(line: number): Promise<void> {
    const found = await bridge.call['bodies:fold']({ id, line })
    if (!found.ok) return toasts.getState().fail(found.error)
    const { to } = found.value
    setFolds((before) => [...before.filter(({ from }) => from !== line), { from: line, to }])
    say(`Folded ${counted(to - line, 'line')}`)
  }
  function unfold(line: number): void {
    setFolds((before) => before.filter(({ from }) => from !== line))
    say('Unfolded')
  }
  /** Whether something begins at a line that can be folded, or is. */
  function foldOf(line: number): 'open' | 'closed' | undefined {
    if (!isJson) return undefined
    if (shown.at(line)) return 'closed'
    return /[{[]$/.test(row(line, count) ?? '') ? 'open' : undefined
  }
  function toggle(line: number): void {
    const state = foldOf(line)
    if (state === 'closed') unfold(line)
    else if (state === 'open') void fold(line)
  }
  const menu = useCopyMenu((target) => {
    const named = target.closest('[data-line]')?.getAttribute('data-line')
    const line = named === null || named === undefined ? at : Number(named)
    if (!isJson || line === undefined) return []
    setAt(line)
    const state = foldOf(line)
    return [
      { label: 'Copy value', keys: 'Ctrl C', run: () => void copy(line, 'value') },
      { label: 'Copy path', run: () => void copy(line, 'path') },
      ...(state === 'open' ? [{ label: 'Fold', keys: '←', run: () => void fold(line) }] : []),
      ...(state === 'closed' ? [{ label: 'Unfold', keys: '→', run: () => unfold(line) }] : []),
    ]
  })
  /** The row to be brought into view, where a key moves to another line. */
  function onKey(event: KeyboardEvent, first: number): number | undefined {
    if (!isJson || event.altKey) return undefined
    const line = at ?? shown.lineIn(first)
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'c') {
      if (getSelection()?.isCollapsed === false) return undefined
      event.preventDefault()
      void copy(line, 'value')
      return undefined
    }
    if (event.ctrlKey || event.metaKey) return undefined
    if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      const wanted = event.key === 'ArrowLeft' ? 'open' : 'closed'
      if (foldOf(line) === wanted) toggle(line)
      else return undefined
      event.preventDefault()
      setAt(line)
      return shown.rowOf(line)
    }
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (by === undefined) return undefined
    event.preventDefault()
    const to = at === undefined ? shown.rowOf(line) : shown.rowOf(line) + by
    const moved = Math.max(0, Math.min(shown.count - 1, to))
    setAt(shown.lineIn(moved))
    return moved
  }

  return (
    <div className={css.lines} onContextMenu={menu.onContextMenu}>
      <ManyLines
        key={as}
        count={shown.count}
        label={labels[as]}
        goTo={goTo}
        current={isJson ? at : goTo?.line}
        lineIn={shown.lineIn}
        rowOf={shown.rowOf}
        onKey={onKey}
        onPick={isJson ? setAt : undefined}
        lead={(line) => {
          const state = foldOf(line)
          return state === undefined ? null : (
            <span className={css.fold} aria-hidden="true" onClick={() => toggle(line)}>
              {state === 'open' ? <ChevronDown /> : <ChevronRight />}
            </span>
          )
        }}
        line={(index) => {
          const text = row(index, count)
          if (text === undefined) return null
          if (as === 'text') return text
          if (as === 'records' && isEvents) return <EventRow text={text} />
          const folded = shown.at(index)
          return (
            <>
              <JsonLine text={text} />
              {folded && (
                <span className={css.folded}>
                  {' … '}
                  {(folded.to - folded.from - 1).toLocaleString('en')} lines …{' '}
                  {text.endsWith('[') ? ']' : '}'}
                </span>
              )}
              {marked.has(index) && <DoubledName />}
            </>
          )
        }}
      />
      {menu.menu}
      <span className="visually-hidden" role="status">
        {said}
      </span>
    </div>
  )
}

/** What a filter leads to, as far as it has looked. */
export function FilteredLines({ id }: { id: string }) {
  const { state } = useBodyState(id, 'application/json')
  if (state?.json === undefined)
    return (
      <p className={css.none} role="status">
        Filtering
      </p>
    )
  return (
    <>
      <BodyLines id={id} as="json" count={state.json} />
      {state.passedOver !== undefined && (
        <p className={css.progress} role="status">
          {counted(state.passedOver, 'item')} of more than 2 MB {state.passedOver === 1 ? 'was' : 'were'} not
          looked at.
        </p>
      )}
      {!state.whole && (
        <p className={css.progress} role="status">
          Filtering · {state.json.toLocaleString('en')} lines so far
        </p>
      )}
    </>
  )
}
