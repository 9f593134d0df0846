import { lazy, Suspense, useMemo } from 'react'
import { longBody } from '@contract/tables/body-sizes.ts'
import type { ExchangeView } from '@contract/requests.ts'
import { nestsTooDeep, prettyJson } from '../../../lib/json/json-tokens.ts'
import { size } from '../../../lib/format.ts'
import { CodeText } from '../../../ui/code/code-text.tsx'
import { Choice } from '../../../ui/field.tsx'
import { VirtualLines } from '../../../ui/code/virtual-lines.tsx'
import { findRecords } from './table/json-records.ts'
import { BodyActions } from './body-actions.tsx'
import { LaidOut, ShortJson } from './json/laid-out.tsx'
import { typeNote } from './type-note.ts'
import { StoredHex, StoredPicture, StoredText } from './stored-body.tsx'
import { DrawnPage } from './views/drawn-page.tsx'
import { isPage } from './views/is-page.ts'
import { KeptFile } from './views/kept-file.tsx'
import css from './response-body.module.css'

const LongBody = lazy(() => import('./long/long-body.tsx').then((part) => ({ default: part.LongBody })))
const StoredTable = lazy(() =>
  import('./long/stored-table.tsx').then((part) => ({ default: part.StoredTable })),
)
const RecordsTable = lazy(() =>
  import('./table/records-table.tsx').then((part) => ({ default: part.RecordsTable })),
)

type Mode = 'pretty' | 'tree' | 'table' | 'picture' | 'file' | 'text' | 'drawn' | 'raw'

/** Up to here the page holds the whole body; beyond, it reads ranges of the stored one. */
const heldWhole = 262_144
/** Up to here every line is drawn, so that all of it can be selected, and JSON is read in the page. */
const drawnWhole = 49_152
/** A larger picture is not shown. */
const largestPicture = 16_777_216

/** The response's body: laid out, as a tree, a table, a picture, text, or byte by byte; line by line from the disk where
 *  it is long, or comes as a stream. */
export function ResponseBody(props: Props) {
  const { exchange } = props
  const { bodySize = 0, contentType = '', arriving, undecoded } = exchange.response ?? {}
  const isLong = arriving !== undefined || bodySize > longBody || (bodySize > 0 && isLineByLine(contentType))
  if (!isLong) return <ShortBody {...props} />
  const picture = isPicture(contentType) && bodySize <= largestPicture && undecoded === undefined
  return (
    <Suspense>
      <LongBody {...props} picture={picture} />
    </Suspense>
  )
}

function ShortBody({ exchange, picked, onPick, isDrawn, onDraw }: Props) {
  const { bodySize = 0, contentType = '', firstText, truncated = false, undecoded } = exchange.response ?? {}
  const whole = firstText !== undefined && bodySize <= heldWhole
  const small = whole && bodySize <= drawnWhole
  const json = isJson(contentType) && firstText !== undefined
  const pretty = useMemo(() => (json && small ? prettyJson(firstText) : null), [json, small, firstText])
  const laidOut = json && !truncated && undecoded === undefined && (pretty !== null || !small)
  const tabular = useMemo(
    () => laidOut && (whole ? findRecords(firstText) !== null : mayHoldRecords(firstText)),
    [laidOut, whole, firstText],
  )
  const picture = isPicture(contentType) && bodySize <= largestPicture && undecoded === undefined
  const modes: readonly (readonly [Mode, string])[] = [
    ...(laidOut ? [['pretty', 'JSON'] as const, ['tree', 'Tree'] as const] : []),
    ...(tabular ? [['table', 'Table'] as const] : []),
    ...(picture ? [['picture', 'Image'] as const] : []),
    ...(firstText === undefined && !picture ? [['file', 'File'] as const] : []),
    ...(firstText === undefined ? [] : [['text', 'Text'] as const]),
    ...(isPage(contentType) && undecoded === undefined ? [['drawn', 'Page'] as const] : []),
    ['raw', 'Raw'],
  ]
  const mode = (modes.find(([key]) => key === picked) ?? modes[0])?.[0] ?? 'raw'

  if (bodySize === 0) return <p className={css.none}>The response has no body.</p>
  const notes = [
    typeNote(exchange.response),
    truncated ? `cut off at ${size(bodySize)}` : '',
    json && !truncated && !laidOut ? whyText(firstText) : '',
    undecoded === undefined ? '' : `as received: ${undecoded} cannot be decoded`,
  ]
  return (
    <div className={css.body}>
      <div className={css.head}>
        <Choice legend="Body view" value={mode} options={modes} onPick={onPick} />
        <span className="faint clip grow">{notes.filter(Boolean).join(' · ')}</span>
        <BodyActions id={exchange.id} />
      </div>
      {mode === 'pretty' && pretty !== null && <ShortJson text={firstText ?? ''} pretty={pretty} />}
      {mode === 'pretty' && pretty === null && <LaidOut id={exchange.id} text={undefined} tree={false} />}
      {mode === 'tree' && <LaidOut id={exchange.id} text={small ? firstText : undefined} tree />}
      {mode === 'table' && firstText !== undefined && (
        <Suspense>
          {whole ? (
            <RecordsTable text={firstText} />
          ) : (
            <StoredTable id={exchange.id} contentType={contentType} />
          )}
        </Suspense>
      )}
      {mode === 'picture' && <StoredPicture id={exchange.id} />}
      {mode === 'text' &&
        (whole ? <HeldText text={firstText} /> : <StoredText id={exchange.id} total={bodySize} />)}
      {mode === 'drawn' && <DrawnPage id={exchange.id} total={bodySize} isAsked={isDrawn} onAsk={onDraw} />}
      {mode === 'file' && <KeptFile id={exchange.id} contentType={contentType} total={bodySize} />}
      {mode === 'raw' && <StoredHex id={exchange.id} total={bodySize} />}
    </div>
  )
}

/** Events, records and rows are shown from the disk however few they are. */
function isLineByLine(contentType: string): boolean {
  return /^(text\/(event-stream|csv|tab-separated-values)|application\/((x-)?(ndjson|jsonl|json-seq)|csv))\b/i.test(
    contentType.trim(),
  )
}
function whyText(text: string): string {
  return nestsTooDeep(text) ? 'nested too deep to be laid out' : 'not valid JSON'
}
function isJson(contentType: string): boolean {
  return /[/+]json\b/i.test(contentType)
}
function isPicture(contentType: string): boolean {
  return /^image\/(png|jpeg|gif|webp|avif|bmp|svg\+xml|x-icon|vnd\.microsoft\.icon)\b/i.test(contentType)
}

/** By its beginning: a list of objects, or one as a member. */
function mayHoldRecords(text: string): boolean {
  const start = text.slice(0, 4_096)
  return /^\s*\[\s*[{[]/.test(start) || (/^\s*\{/.test(start) && /"\s*:\s*\[\s*\{/.test(start))
}

function HeldText({ text }: { text: string }) {
  const lines = useMemo(() => (text.length > drawnWhole ? text.split(/\r\n|\n|\r/) : []), [text])
  if (text.length <= drawnWhole) return <CodeText text={text} label="Body as text" />
  return <VirtualLines count={lines.length} label="Body as text" line={(index) => lines[index] ?? ''} />
}

interface Props {
  exchange: ExchangeView
  /** How the user wants to see it; what does not fit this body is passed over. */
  picked?: string
  onPick: (mode: string) => void
  /** The user asked to see it as a page. */
  isDrawn: boolean
  onDraw: () => void
  /** Set while it is being received. */
  onStop?: () => void
}
