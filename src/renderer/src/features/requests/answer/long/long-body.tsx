import { Search } from 'lucide-react'
import { useCallback, useMemo, useState, type KeyboardEvent } from 'react'
import type { BodyRows, BodyState } from '@contract/bodies.ts'
import type { ExchangeView } from '@contract/requests.ts'
import { size } from '../../../../lib/format.ts'
import { useWorkspace } from '../../../../lib/workspace.ts'
import { Button } from '../../../../ui/button.tsx'
import { JsonLine } from '../../../../ui/code/code-text.tsx'
import { ManyLines } from '../../../../ui/code/many-lines.tsx'
import { Choice } from '../../../../ui/field.tsx'
import { useCopyMenu } from '../../../../ui/menu/copy-menu.tsx'
import { BodyActions } from '../body-actions.tsx'
import { StoredHex, StoredPicture } from '../stored-body.tsx'
import { LaidOut } from '../json/laid-out.tsx'
import { ArrivalProgress } from './arrival-progress.tsx'
import { EventRow } from './event-row.tsx'
import { FilterBar } from './filter-bar.tsx'
import { SearchBar } from './search-bar.tsx'
import { useBodyRows, useBodyState } from './use-long-body.ts'
import css from './long-body.module.css'

interface Props {
  exchange: ExchangeView
  /** It can be shown as a picture. */
  picture: boolean
  picked?: string | undefined
  onPick: (mode: string) => void
  /** Set while it is being received. */
  onStop?: (() => void) | undefined
}

/** Up to here a body is laid out as a tree, for which the page's worker holds all of it. */
const largestTree = 16_777_216

/** A body that is long or comes slowly: line by line from the disk, as far as it has come. */
export function LongBody({ exchange, picture, picked, onPick, onStop }: Props) {
  const { contentType = '', arriving, undecoded, keptSize, bodySize = 0 } = exchange.response ?? {}
  const { state, failure } = useBodyState(exchange.id, contentType)
  const [searching, setSearching] = useState(false)
  const [filtered, setFiltered] = useState<string>()
  const [found, setFound] = useState<number>()
  const onFind = useCallback((line: number | undefined) => setFound(line), [])
  const goTo = useMemo(() => (found === undefined ? undefined : { line: found }), [found])
  if (failure) return <p className={css.none}>{failure.message}</p>
  if (!state)
    return (
      <p className={css.none} role="status">
        Opening the body
      </p>
    )

  const modes = modesOf(state, {
    picture: picture && state.whole,
    isEvents: /event-stream/i.test(contentType),
  })
  const mode = (modes.find(([key]) => key === picked) ?? modes[0])?.[0] ?? 'raw'
  const as = mode === 'records' || mode === 'text' || mode === 'json' ? mode : undefined
  const notes = [
    contentType.split(';')[0] ?? '',
    countOf(state, mode),
    state.jsonFault === undefined
      ? ''
      : `not valid JSON from byte ${state.jsonFault.toLocaleString('en')} on`,
    undecoded === undefined ? '' : `as received: ${undecoded} cannot be decoded`,
    keptSize !== undefined && state.whole && state.size < bodySize
      ? `the first ${size(keptSize)} were kept`
      : '',
  ]
  function onKey(event: KeyboardEvent): void {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'f' || as === undefined) return
    event.preventDefault()
    event.stopPropagation()
    setSearching(true)
  }
  return (
    <div className={css.body} onKeyDown={onKey}>
      <div className={css.head}>
        <Choice legend="Body view" value={mode} options={modes} onPick={onPick} />
        <span className="faint clip grow">{notes.filter(Boolean).join(' · ')}</span>
        {as !== undefined && !searching && (
          <Button small look="quiet" icon={<Search />} onClick={() => setSearching(true)}>
            Search
          </Button>
        )}
        <BodyActions id={exchange.id} />
      </div>
      {searching && as !== undefined && (
        <SearchBar
          id={exchange.id}
          as={as}
          size={state.size}
          onFind={onFind}
          onClose={() => {
            setSearching(false)
            setFound(undefined)
          }}
        />
      )}
      {mode === 'json' && <FilterBar id={exchange.id} onFiltered={setFiltered} />}
      {mode === 'json' && filtered !== undefined && <FilteredLines key={filtered} id={filtered} />}
      {as !== undefined && (mode !== 'json' || filtered === undefined) && (
        <Lines
          id={exchange.id}
          as={as}
          count={state[as] ?? 0}
          goTo={goTo}
          current={found}
          isEvents={/event-stream/i.test(contentType)}
        />
      )}
      {mode === 'tree' && <LaidOut id={exchange.id} text={undefined} tree />}
      {mode === 'picture' && <StoredPicture id={exchange.id} />}
      {mode === 'raw' && (
        <StoredHex key={state.whole ? 'whole' : 'part'} id={exchange.id} total={state.size} />
      )}
      <ArrivalProgress state={state} arriving={arriving} onStop={onStop} />
    </div>
  )
}

type Mode = 'json' | 'records' | 'tree' | 'picture' | 'text' | 'raw'

function modesOf(
  { json, records, text, whole, size: bytes }: BodyState,
  { picture, isEvents }: { picture: boolean; isEvents: boolean },
): (readonly [Mode, string])[] {
  const isWanted: Record<Mode, boolean> = {
    records: records !== undefined,
    json: json !== undefined,
    tree: json !== undefined && records === undefined && whole && bytes <= largestTree,
    picture,
    text: text !== undefined,
    raw: true,
  }
  const labels: Record<Mode, string> = {
    records: isEvents ? 'Events' : 'Records',
    json: 'JSON',
    tree: 'Tree',
    picture: 'Image',
    text: 'Text',
    raw: 'Raw',
  }
  const all: Mode[] = ['records', 'json', 'tree', 'picture', 'text', 'raw']
  return all.filter((mode) => isWanted[mode]).map((mode) => [mode, labels[mode]])
}

function countOf({ json, records, text }: BodyState, mode: Mode): string {
  const [count, one] =
    mode === 'json'
      ? [json, 'line']
      : mode === 'records'
        ? [records, 'message']
        : mode === 'text'
          ? [text, 'line']
          : []
  return count === undefined ? '' : `${count.toLocaleString('en')} ${one}${count === 1 ? '' : 's'}`
}

/** What a filter leads to, as far as it has looked. */
function FilteredLines({ id }: { id: string }) {
  const { state } = useBodyState(id, 'application/json')
  if (state?.json === undefined)
    return (
      <p className={css.none} role="status">
        Filtering
      </p>
    )
  return (
    <>
      <Lines id={id} as="json" count={state.json} goTo={undefined} current={undefined} isEvents={false} />
      {!state.whole && (
        <p className={css.progress} role="status">
          Filtering · {state.json.toLocaleString('en')} lines so far
        </p>
      )}
    </>
  )
}

interface LinesProps {
  id: string
  as: BodyRows['as']
  count: number
  goTo: { line: number } | undefined
  current: number | undefined
  isEvents: boolean
}

const labels: Record<BodyRows['as'], string> = {
  json: 'Body, formatted',
  text: 'Body as text',
  records: 'Messages',
}

function Lines({ id, as, count, goTo, current, isEvents }: LinesProps) {
  const { bridge, toasts } = useWorkspace()
  const row = useBodyRows(id, as)
  async function copy(line: number, what: 'path' | 'value'): Promise<void> {
    const copied = await bridge.call['bodies:copy']({ id, line, what })
    if (!copied.ok) toasts.getState().fail(copied.error)
    else toasts.getState().show(what === 'path' ? 'Path copied.' : 'Value copied.', 'ok')
  }
  const menu = useCopyMenu((target) => {
    const line = target.closest('[data-line]')?.getAttribute('data-line')
    if (as !== 'json' || line === null || line === undefined) return []
    return [
      { label: 'Copy value', run: () => void copy(Number(line), 'value') },
      { label: 'Copy path', run: () => void copy(Number(line), 'path') },
    ]
  })
  return (
    <div className={css.lines} onContextMenu={menu.onContextMenu}>
      <ManyLines
        key={as}
        count={count}
        label={labels[as]}
        goTo={goTo}
        current={current}
        line={(index) => {
          const text = row(index, count)
          if (text === undefined) return null
          if (as === 'text') return text
          return as === 'records' && isEvents ? <EventRow text={text} /> : <JsonLine text={text} />
        }}
      />
      {menu.menu}
    </div>
  )
}
