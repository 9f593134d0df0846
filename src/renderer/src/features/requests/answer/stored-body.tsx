import { useEffect, useMemo, useReducer, useState } from 'react'
import { createBodyReader, type BodyReader } from '../../../lib/body-reader.ts'
import { size } from '../../../lib/format.ts'
import { useWorkspace } from '../../../lib/workspace.ts'
import { VirtualLines } from '../../../ui/code/virtual-lines.tsx'
import css from './response-body.module.css'

interface Props {
  id: string
  total: number
}

/** A large body as text: lines are found as its ranges arrive, and only those in view are decoded. */
export function StoredText({ id, total }: Props) {
  const reader = useReader(id, total, true)
  const done = reader.indexed() >= total
  return (
    <>
      <VirtualLines count={reader.lineCount()} label="Body as text" line={reader.line} />
      {(!done || reader.failed()) && (
        <div className={css.progress} role="status">
          {reader.failed()
            ? `Could not be read beyond ${size(reader.indexed())}.`
            : `Read ${size(reader.indexed())} of ${size(total)}`}
        </div>
      )}
    </>
  )
}

/** Any body byte by byte. */
export function StoredHex({ id, total }: Props) {
  const reader = useReader(id, total, false)
  return (
    <VirtualLines
      count={Math.ceil(total / perRow)}
      label="Body byte by byte"
      mark={(index) => (index * perRow).toString(16).padStart(8, '0')}
      line={(index) => {
        const bytes = reader.bytes(index * perRow, Math.min(total, (index + 1) * perRow))
        return bytes ? (
          <>
            {hex(bytes)}
            <span className={css.chars}>{printable(bytes)}</span>
          </>
        ) : null
      }}
    />
  )
}

const perRow = 16

/** A body as a picture, from its own address: nothing in it runs. */
export function StoredPicture({ id }: { id: string }) {
  const [broken, setBroken] = useState(false)
  const [measures, setMeasures] = useState('')
  if (broken) return <p className={css.none}>The body is not an image that can be shown.</p>
  return (
    <figure className={css.picture}>
      <img
        src={`/body/${id}`}
        alt="The body as an image"
        onError={() => setBroken(true)}
        onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
          setMeasures(`${naturalWidth} × ${naturalHeight}`)
        }
      />
      <figcaption className="note">{measures}</figcaption>
    </figure>
  )
}

function useReader(id: string, total: number, lines: boolean): BodyReader {
  const { bridge } = useWorkspace()
  const [, redraw] = useReducer((count: number) => count + 1, 0)
  const reader = useMemo(
    () =>
      createBodyReader(
        total,
        async (offset, length) => {
          const answer = await bridge.call['exchanges:body']({ id, offset, length })
          return answer.ok ? answer.value.bytes : null
        },
        redraw,
      ),
    [bridge, id, total],
  )
  useEffect(() => {
    if (lines) void reader.findLines()
    return () => reader.stop()
  }, [reader, lines])
  return reader
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
    .join(' ')
    .padEnd(perRow * 3 - 1)
}

function printable(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·')).join('')
}
