import { Copy, Download } from 'lucide-react'
import { lazy, Suspense, useMemo } from 'react'
import type { ExchangeView } from '@contract/requests.ts'
import { prettyJson } from '../../../lib/json/json-tokens.ts'
import { size } from '../../../lib/format.ts'
import { useWorkspace } from '../../../lib/workspace.ts'
import { IconButton } from '../../../ui/button.tsx'
import { CodeText, JsonLine } from '../../../ui/code/code-text.tsx'
import { Choice } from '../../../ui/field.tsx'
import { VirtualLines } from '../../../ui/code/virtual-lines.tsx'
import { findRecords } from './json-records.ts'
import { JsonTree } from './json-tree.tsx'
import { StoredHex, StoredPicture, StoredText } from './stored-body.tsx'
import { useJsonDocument } from './use-json-document.ts'
import css from './response-body.module.css'

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

/** The response's body: laid out, as a tree, a table, a picture, text, or byte by byte. */
export function ResponseBody({ exchange, picked, onPick }: Props) {
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

/** JSON as lines or as a tree, laid out beside the page where it is large. */
function LaidOut({ id, text, tree }: { id: string; text: string | undefined; tree: boolean }) {
  const rows = useJsonDocument(id, text)
  if (rows.counts === undefined)
    return (
      <p className={css.none} role="status">
        Formatting the body
      </p>
    )
  if (rows.counts === null) return <p className={css.none}>The body is not valid JSON. View it as text.</p>
  if (tree) return <JsonTree rows={rows} />
  return (
    <VirtualLines
      count={rows.counts.lines}
      label="Body, formatted"
      line={(index) => {
        const line = rows.line(index)
        return line === undefined ? null : <JsonLine text={line} />
      }}
    />
  )
}

interface Props {
  exchange: ExchangeView
  /** How the user wants to see it; what does not fit this body is passed over. */
  picked?: string
  onPick: (mode: string) => void
}

function BodyActions({ id }: { id: string }) {
  const { bridge, toasts } = useWorkspace()
  async function copy(): Promise<void> {
    const answer = await bridge.call['exchanges:copy-body']({ id })
    if (answer.ok) toasts.getState().show('Body copied.', 'ok')
    else toasts.getState().fail(answer.error)
  }
  async function save(): Promise<void> {
    const answer = await bridge.call['exchanges:save-body']({ id })
    if (!answer.ok) toasts.getState().fail(answer.error)
    else if (answer.value.file) toasts.getState().show(`Saved to ${answer.value.file}.`, 'ok')
  }
  return (
    <span className={css.actions}>
      <IconButton label="Copy body" onClick={() => void copy()}>
        <Copy />
      </IconButton>
      <IconButton label="Save body…" onClick={() => void save()}>
        <Download />
      </IconButton>
    </span>
  )
}
