import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'
import type { FlowCheck, FlowMessage, FlowView } from '@contract/flows.ts'
import { duration } from '../../lib/format.ts'
import { drawFlow, type Drawing, type DrawnRow } from './layout.ts'
import css from './diagram.module.css'

const marks: Record<FlowCheck['state'], string> = {
  valid: '✓',
  invalid: '✗',
  notice: '!',
  'not-checked': '–',
}

/** Of the line with the names of the parties, in pixels. */
const partiesHeight = 34

/** What a screen reader says of a message. */
function nameOf(message: FlowMessage, names: ReadonlyMap<string, string>): string {
  return [
    message.number === undefined ? (message.answer ? 'Answer' : '') : `${message.number}`,
    message.title,
    message.from === message.to
      ? ''
      : `${names.get(message.from) ?? message.from} to ${names.get(message.to) ?? message.to}`,
    message.label,
    message.took === undefined ? '' : duration(message.took),
    ...message.checks.map(({ label, state }) => `${label} ${state.replace('-', ' ')}`),
    message.failure ? `failed: ${message.failure.code}` : '',
  ]
    .filter((part) => part !== '')
    .join(', ')
}

/** The flow as a sequence diagram: arrow keys walk through the messages, Enter opens the chosen one. */
export function Diagram({ flow, chosen, onChoose, onOpen }: Props) {
  const { ref, width, height } = useSize()
  const base = useId()
  const drawing = drawFlow(flow, width, height - partiesHeight)
  const names = new Map(flow.parties.map(({ party, name }) => [party as string, name]))
  const idOf = (index: number): string => `${base}-${index}`

  function onKey(event: KeyboardEvent): void {
    const last = flow.messages.length - 1
    const next = {
      ArrowDown: chosen + 1,
      ArrowRight: chosen + 1,
      ArrowUp: chosen - 1,
      ArrowLeft: chosen - 1,
      Home: 0,
      End: last,
    }[event.key]
    if (event.key === 'Enter' || event.key === ' ') onOpen()
    else if (next === undefined) return
    else onChoose(Math.max(0, Math.min(last, next)))
    event.preventDefault()
  }
  useEffect(() => {
    document.getElementById(`${base}-${chosen}`)?.scrollIntoView({ block: 'nearest' })
  }, [base, chosen])

  return (
    <div className={css.diagram} ref={ref}>
      <svg width={drawing.width} height={partiesHeight} className={css.parties} aria-hidden="true">
        {drawing.lanes.map((lane) => (
          <text key={lane.party} x={lane.x} y={22}>
            {lane.name}
          </text>
        ))}
      </svg>
      <svg
        width={drawing.width}
        height={drawing.height}
        className={css.messages}
        role="listbox"
        aria-label={`Messages of ${flow.title}`}
        aria-activedescendant={idOf(chosen)}
        tabIndex={0}
        onKeyDown={onKey}
      >
        {drawing.lanes.map((lane) => (
          <path key={lane.party} d={`M${lane.x} 0V${drawing.height}`} className={css.life} />
        ))}
        {drawing.rows.map((row) => (
          <Row
            key={row.message.index}
            row={row}
            drawing={drawing}
            id={idOf(row.message.index)}
            name={nameOf(row.message, names)}
            chosen={row.message.index === chosen}
            onChoose={() => onChoose(row.message.index)}
          />
        ))}
      </svg>
    </div>
  )
}

/** The size of an element, followed as it changes. */
function useSize() {
  const ref = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState({ width: 600, height: 0 })
  useEffect(() => {
    const element = ref.current
    if (!element) return
    const observer = new ResizeObserver(() =>
      setSize({ width: Math.max(340, element.clientWidth), height: element.clientHeight }),
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return { ref, ...size }
}

function Arrow({ row }: { row: DrawnRow }) {
  const { from, to, arrow, message } = row
  if (from === to) return null
  const back = to < from
  const tip = back ? to + 3 : to - 3
  const shaft = back ? tip + 6 : tip - 6
  const unseen = message.kind === 'authorization-unseen'
  return (
    <g className={css.arrow}>
      <path
        d={`M${from} ${arrow}H${unseen ? to : shaft}`}
        className={css.shaft}
        strokeDasharray={unseen ? '1 4' : message.answer ? '4 3' : undefined}
      />
      {!unseen && <path d={`M${tip} ${arrow}l${back ? 8 : -8} -4v8z`} className={css.head} />}
    </g>
  )
}

interface Props {
  flow: FlowView
  chosen: number
  onChoose: (index: number) => void
  /** Enter: go on to the detail. */
  onOpen: () => void
}

function Row({
  row,
  drawing,
  chosen,
  id,
  name,
  onChoose,
}: {
  row: DrawnRow
  drawing: Drawing
  chosen: boolean
  id: string
  name: string
  onChoose: () => void
}) {
  const { message, top, height, arrow, label, checks, failure } = row
  return (
    <g
      id={id}
      role="option"
      aria-selected={chosen}
      aria-label={name}
      className={css.row}
      data-tone={message.tone}
      data-answer={message.answer}
      onClick={onChoose}
    >
      <rect x={0} y={top} width={drawing.width} height={height} className={css.ground} />
      {drawing.lanes.map((lane) => (
        <path key={lane.party} d={`M${lane.x} ${top}v${height}`} className={css.life} />
      ))}
      <Arrow row={row} />
      {label.map((line) => (
        <text key={line.y} x={line.x} y={line.y} className={css.label}>
          {line.text}
        </text>
      ))}
      {checks.map((line) => (
        <text key={line.y} x={(drawing.lanes[0]?.x ?? 0) + 10} y={line.y} className={css.checks}>
          {line.items.map((check) => (
            <tspan key={check.id} data-state={check.state}>
              {`${marks[check.state]} ${check.label}\u2002`}
            </tspan>
          ))}
        </text>
      ))}
      {failure && (
        <text x={failure.x} y={failure.y} className={css.failure}>
          {failure.text}
        </text>
      )}
      {message.took !== undefined && (
        <text x={drawing.width - 12} y={arrow + 4} className={css.time}>
          {duration(message.took)}
        </text>
      )}
    </g>
  )
}
