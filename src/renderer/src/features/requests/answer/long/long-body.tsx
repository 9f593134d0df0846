import { Search } from 'lucide-react'
import { useCallback, useState, type KeyboardEvent } from 'react'
import type { BodyState } from '@contract/bodies.ts'
import type { ExchangeView } from '@contract/requests.ts'
import { size } from '../../../../lib/format.ts'
import { Button } from '../../../../ui/button.tsx'
import { Choice } from '../../../../ui/field.tsx'
import { BodyTable } from '../table/body-table.tsx'
import { BodyActions } from '../body-actions.tsx'
import { typeNote } from '../type-note.ts'
import { DrawnPage } from '../views/drawn-page.tsx'
import { isPage } from '../views/is-page.ts'
import { KeptFile } from '../views/kept-file.tsx'
import { StoredHex, StoredPicture } from '../stored-body.tsx'
import { LaidOut } from '../json/laid-out.tsx'
import { ArrivalProgress } from './arrival-progress.tsx'
import { BodyLines, FilteredLines } from './body-lines.tsx'
import { FilterBar } from './filter-bar.tsx'
import { SearchBar } from './search-bar.tsx'
import { useBodyState } from './use-long-body.ts'
import css from './long-body.module.css'

interface Props {
  exchange: ExchangeView
  /** It can be shown as a picture. */
  picture: boolean
  picked?: string | undefined
  onPick: (mode: string) => void
  /** The user asked to see it as a page. */
  isDrawn: boolean
  onDraw: () => void
  /** Set while it is being received. */
  onStop?: (() => void) | undefined
}

/** Up to here a body is laid out as a tree, for which the page's worker holds all of it. */
const largestTree = 16_777_216

/** A body that is long or comes slowly: line by line from the disk, as far as it has come. */
export function LongBody({ exchange, picture, picked, onPick, isDrawn, onDraw, onStop }: Props) {
  const { contentType = '', arriving, undecoded, keptSize, bodySize = 0 } = exchange.response ?? {}
  const { state, failure } = useBodyState(exchange.id, contentType)
  const [searching, setSearching] = useState(false)
  const [filtered, setFiltered] = useState<string>()
  const [found, setFound] = useState<{ line: number }>()
  // Another object each time: the same line may be gone to again.
  const onFind = useCallback(
    (line: number | undefined) => setFound(line === undefined ? undefined : { line }),
    [],
  )
  if (failure) return <p className={css.none}>{failure.message}</p>
  if (!state)
    return (
      <p className={css.none} role="status">
        Opening the body
      </p>
    )

  const modes = modesOf(state, {
    picture: picture && state.whole,
    page: isPage(contentType) && undecoded === undefined,
    isEvents: /event-stream/i.test(contentType),
    isCsv: /csv|tab-separated/i.test(contentType),
  })
  const mode = (modes.find(([key]) => key === picked) ?? modes[0])?.[0] ?? 'raw'
  const as = mode === 'records' || mode === 'text' || mode === 'json' || mode === 'table' ? mode : undefined
  const notes = [
    typeNote(exchange.response),
    countOf(state, mode),
    state.jsonFault === undefined
      ? ''
      : `not valid JSON from byte ${state.jsonFault.toLocaleString('en')} on`,
    doubledNote(state),
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
        <span className={css.tools}>
          {as !== undefined && !searching && (
            <Button small look="quiet" icon={<Search />} onClick={() => setSearching(true)}>
              Search
            </Button>
          )}
          <BodyActions id={exchange.id} />
        </span>
        <span className={`faint clip ${css.notes}`}>{notes.filter(Boolean).join(' · ')}</span>
      </div>
      {searching && as !== undefined && (
        <SearchBar
          id={exchange.id}
          as={as}
          size={state.size}
          lines={state[as] ?? 0}
          onFind={onFind}
          onClose={() => {
            setSearching(false)
            setFound(undefined)
          }}
        />
      )}
      {mode === 'json' && <FilterBar id={exchange.id} onFiltered={setFiltered} />}
      {mode === 'json' && filtered !== undefined && <FilteredLines key={filtered} id={filtered} />}
      {mode === 'table' && (
        <BodyTable id={exchange.id} count={state.table ?? 0} goTo={found} current={found?.line} />
      )}
      {as !== undefined && as !== 'table' && (mode !== 'json' || filtered === undefined) && (
        <BodyLines
          id={exchange.id}
          as={as}
          count={state[as] ?? 0}
          goTo={found}
          doubled={state.doubled?.lines}
          isEvents={/event-stream/i.test(contentType)}
        />
      )}
      {mode === 'tree' && <LaidOut id={exchange.id} text={undefined} tree />}
      {mode === 'picture' && <StoredPicture id={exchange.id} />}
      {mode === 'drawn' && <DrawnPage id={exchange.id} total={state.size} isAsked={isDrawn} onAsk={onDraw} />}
      {mode === 'file' && <KeptFile id={exchange.id} contentType={contentType} total={state.size} />}
      {mode === 'raw' && (
        <StoredHex key={state.whole ? 'whole' : 'part'} id={exchange.id} total={state.size} />
      )}
      <ArrivalProgress state={state} arriving={arriving} onStop={onStop} />
    </div>
  )
}

type Mode = 'json' | 'records' | 'table' | 'tree' | 'picture' | 'file' | 'text' | 'drawn' | 'raw'

function modesOf(
  { json, records, table, text, whole, size: bytes }: BodyState,
  { picture, page, isEvents, isCsv }: Record<'picture' | 'page' | 'isEvents' | 'isCsv', boolean>,
): (readonly [Mode, string])[] {
  const isWanted: Record<Mode, boolean> = {
    records: records !== undefined,
    table: table !== undefined,
    json: json !== undefined,
    tree: json !== undefined && records === undefined && whole && bytes <= largestTree,
    picture,
    file: text === undefined && json === undefined && records === undefined && !picture,
    text: text !== undefined,
    drawn: page && whole,
    raw: true,
  }
  const labels: Record<Mode, string> = {
    records: isEvents ? 'Events' : 'Records',
    table: 'Table',
    json: 'JSON',
    tree: 'Tree',
    picture: 'Image',
    file: 'File',
    drawn: 'Page',
    text: 'Text',
    raw: 'Raw',
  }
  const all: Mode[] = isCsv
    ? ['table', 'text', 'raw']
    : json === undefined
      ? ['records', 'picture', 'file', 'text', 'drawn', 'table', 'raw']
      : ['records', 'json', 'tree', 'table', 'text', 'raw']
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

function doubledNote({ doubled }: BodyState): string {
  if (doubled === undefined) return ''
  return doubled.count === 1
    ? '1 name occurs twice'
    : `${doubled.count.toLocaleString('en')} names occur twice`
}
