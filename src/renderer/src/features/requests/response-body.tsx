import { useMemo, useState } from 'react'
import type { ExchangeView } from '@contract/requests.ts'
import { prettyJson } from '../../lib/json-tokens.ts'
import { size } from '../../lib/format.ts'
import { CodeText, JsonLine } from '../../ui/code-text.tsx'
import { Choice } from '../../ui/field.tsx'
import { VirtualLines } from '../../ui/virtual-lines.tsx'
import { StoredHex, StoredText } from './stored-body.tsx'
import css from './response-body.module.css'

type Mode = 'pretty' | 'text' | 'raw'

/** Up to here the page holds the whole body; beyond, it reads ranges of the stored one. */
const heldWhole = 262_144
/** Up to here every line is drawn, so that all of it can be selected. */
const drawnWhole = 49_152

const isJson = (contentType: string): boolean => /[/+]json\b/i.test(contentType)

const HeldText = ({ text, json }: { text: string; json: boolean }) => {
  const lines = useMemo(() => (text.length > drawnWhole ? text.split(/\r\n|\n|\r/) : []), [text])
  const label = json ? 'Body, laid out' : 'Body as text'
  if (text.length <= drawnWhole) return <CodeText text={text} json={json} label={label} />
  return (
    <VirtualLines
      count={lines.length}
      label={label}
      line={(index) => {
        const line = lines[index] ?? ''
        return json && line.length < 2000 ? <JsonLine text={line} /> : line
      }}
    />
  )
}

/** The answer's body: laid out, as text, or byte by byte. */
export const ResponseBody = ({ exchange }: { exchange: ExchangeView }) => {
  const { bodySize = 0, contentType = '', firstText, truncated = false } = exchange.response ?? {}
  const whole = firstText !== undefined && bodySize <= heldWhole
  const json = isJson(contentType)
  const pretty = useMemo(() => (json && whole ? prettyJson(firstText) : null), [json, whole, firstText])
  const modes: readonly (readonly [Mode, string])[] = [
    ...(pretty === null ? [] : [['pretty', 'JSON'] as const]),
    ...(firstText === undefined ? [] : [['text', 'Text'] as const]),
    ['raw', 'Raw'],
  ]
  const [picked, setPicked] = useState<Mode>('pretty')
  const mode = modes.some(([key]) => key === picked) ? picked : (modes[0]?.[0] ?? 'raw')

  if (bodySize === 0) return <p className={css.none}>The answer has no body.</p>
  const notes = [
    contentType.split(';')[0] ?? '',
    truncated ? `cut off at ${size(bodySize)}` : '',
    json && !whole && firstText !== undefined ? `laid out only up to ${size(heldWhole)}` : '',
    json && whole && pretty === null ? 'not valid JSON' : '',
  ]
  return (
    <div className={css.body}>
      <div className={css.head}>
        <Choice
          legend="How to show the body"
          value={mode}
          options={modes}
          onPick={(key) => setPicked(modes.find(([one]) => one === key)?.[0] ?? 'raw')}
        />
        <span className="faint clip">{notes.filter(Boolean).join(' · ')}</span>
      </div>
      {mode === 'pretty' && <HeldText text={pretty ?? ''} json />}
      {mode === 'text' &&
        (whole ? (
          <HeldText text={firstText} json={false} />
        ) : (
          <StoredText id={exchange.id} total={bodySize} />
        ))}
      {mode === 'raw' && <StoredHex id={exchange.id} total={bodySize} />}
    </div>
  )
}
