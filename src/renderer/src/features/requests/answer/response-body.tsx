import { lazy, Suspense, useMemo } from 'react'
import { longBody } from '@contract/tables/body-sizes.ts'
import type { ExchangeView } from '@contract/requests.ts'
import { prettyJson } from '../../../lib/json/json-tokens.ts'
import { size } from '../../../lib/format.ts'
import { CodeText } from '../../../ui/code/code-text.tsx'
import { Choice } from '../../../ui/field.tsx'
import { VirtualLines } from '../../../ui/code/virtual-lines.tsx'
import { findRecords } from './json-records.ts'
import { BodyActions } from './body-actions.tsx'
import { LaidOut } from './json/laid-out.tsx'
import { StoredHex, StoredPicture, StoredText } from './stored-body.tsx'
import css from './response-body.module.css'

const LongBody = lazy(() => import('./long/long-body.tsx').then((part) => ({ default: part.LongBody })))
const RecordsTable = lazy(() =>
  import('./records-table.tsx').then((part) => ({ default: part.RecordsTable })),
)

type Mode = 'pretty' | 'tree' | 'table' | 'picture' | 'text' | 'raw'

/** Up to here the page holds the whole body; beyond, it reads ranges of the stored one. */
const heldWhole = 262_144
/** Up to here every line is drawn, so that all of it can be selected, and JSON is read in the page. */
const drawnWhole = 49_152
/** A larger picture is not shown. */
const largestPicture = 16_777_216

/** The response's body: laid out, as a tree, a table, a picture, text, or byte by byte; line by line from the disk where
 *  it is long, or comes as a stream. */
export function ResponseBody(props: Props) {
  const { exchange, picked, onPick, onStop } = props
  const { bodySize = 0, contentType = '', arriving, undecoded } = exchange.response ?? {}
  const isLong = arriving !== undefined || bodySize > longBody || (bodySize > 0 && isStream(contentType))
  if (!isLong) return <ShortBody {...props} />
  const picture = isPicture(contentType) && bodySize <= largestPicture && undecoded === undefined
  return (
    <Suspense>
      <LongBody exchange={exchange} picture={picture} picked={picked} onPick={onPick} onStop={onStop} />
    </Suspense>
  )
}

function ShortBody({ exchange, picked, onPick }: Props) {
  const { bodySize = 0, contentType = '', firstText, truncated = false, undecoded } = exchange.response ?? {}
  const whole = firstText !== undefined && bodySize <= heldWhole
  const small = whole && bodySize <= drawnWhole
  const json = isJson(contentType) && firstText !== undefined
  const pretty = useMemo(() => (json && small ? prettyJson(firstText) : null), [json, small, firstText])
  const laidOut = json && !truncated && undecoded === undefined && (pretty !== null || !small)
  const tabular = useMemo(
    () => laidOut && whole && findRecords(firstText) !== null,
    [laidOut, whole, firstText],
  )
  const picture = isPicture(contentType) && bodySize <= largestPicture && undecoded === undefined
  const modes: readonly (readonly [Mode, string])[] = [
    ...(laidOut ? [['pretty', 'JSON'] as const, ['tree', 'Tree'] as const] : []),
    ...(tabular ? [['table', 'Table'] as const] : []),
    ...(picture ? [['picture', 'Image'] as const] : []),
    ...(firstText === undefined ? [] : [['text', 'Text'] as const]),
    ['raw', 'Raw'],
  ]
  const mode = (modes.find(([key]) => key === picked) ?? modes[0])?.[0] ?? 'raw'

  if (bodySize === 0) return <p className={css.none}>The response has no body.</p>
  const notes = [
    contentType.split(';')[0] ?? '',
    truncated ? `cut off at ${size(bodySize)}` : '',
    json && !truncated && !laidOut ? 'not valid JSON' : '',
    undecoded === undefined ? '' : `as received: ${undecoded} cannot be decoded`,
  ]
  return (
    <div className={css.body}>
      <div className={css.head}>
        <Choice legend="Body view" value={mode} options={modes} onPick={onPick} />
        <span className="faint clip grow">{notes.filter(Boolean).join(' · ')}</span>
        <BodyActions id={exchange.id} />
      </div>
      {mode === 'pretty' && pretty !== null && <CodeText text={pretty} json label="Body, formatted" />}
      {mode === 'pretty' && pretty === null && <LaidOut id={exchange.id} text={undefined} tree={false} />}
      {mode === 'tree' && <LaidOut id={exchange.id} text={small ? firstText : undefined} tree />}
      {mode === 'table' && firstText !== undefined && (
        <Suspense>
          <RecordsTable text={firstText} />
        </Suspense>
      )}
      {mode === 'picture' && <StoredPicture id={exchange.id} />}
      {mode === 'text' &&
        (whole ? <HeldText text={firstText} /> : <StoredText id={exchange.id} total={bodySize} />)}
      {mode === 'raw' && <StoredHex id={exchange.id} total={bodySize} />}
    </div>
  )
}

/** What comes as a stream of events or of records. */
function isStream(contentType: string): boolean {
  return /^(text\/event-stream|application\/(x-)?(ndjson|jsonl|json-seq))\b/i.test(contentType.trim())
}
function isJson(contentType: string): boolean {
  return /[/+]json\b/i.test(contentType)
}
function isPicture(contentType: string): boolean {
  return /^image\/(png|jpeg|gif|webp|avif|bmp|svg\+xml|x-icon|vnd\.microsoft\.icon)\b/i.test(contentType)
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
  /** Set while it is being received. */
  onStop?: () => void
}
