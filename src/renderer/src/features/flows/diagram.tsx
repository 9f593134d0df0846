import { useEffect, useId, type CSSProperties, type KeyboardEvent } from 'react'
import type { FlowCheck, FlowMessage, FlowView } from '@contract/flows.ts'
import { duration } from '../../lib/format.ts'
import { laneOf, spokenOf, wordsOf } from './lanes.ts'
import css from './diagram.module.css'

const marks: Record<FlowCheck['state'], string> = {
  valid: '✓',
  invalid: '✗',
  notice: '!',
  'not-checked': '–',
}

/** The flow as a sequence diagram, which is a list: arrow keys walk through the messages, Enter opens the chosen one.
 *  Names are made of what is drawn and of what the drawing says by its lines, so that both say the same. */
export function Diagram({ flow, chosen, onChoose, onOpen }: Props) {
  const base = useId()
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

  const sizes = { '--lanes': flow.parties.length, '--rows': flow.messages.length } as CSSProperties
  return (
    <div className={css.diagram} style={sizes}>
      <div className={css.parties} aria-hidden="true">
        {flow.parties.map(({ party, name }, lane) => (
          <span key={party} style={{ '--lane': lane } as CSSProperties}>
            {name}
          </span>
        ))}
      </div>
      <div className={css.sheet}>
        <ol
          className={css.messages}
          role="listbox"
          aria-label={`Messages of ${flow.title}`}
          aria-activedescendant={idOf(chosen)}
          tabIndex={0}
          onKeyDown={onKey}
        >
          {flow.messages.map((message) => (
            <Row
              key={message.index}
              flow={flow}
              message={message}
              id={idOf(message.index)}
              chosen={message.index === chosen}
              onChoose={() => onChoose(message.index)}
            />
          ))}
        </ol>
        {flow.parties.map(({ party }, lane) => (
          <span
            key={party}
            className={css.life}
            style={{ '--lane': lane } as CSSProperties}
            aria-hidden="true"
          />
        ))}
      </div>
    </div>
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
  flow,
  message,
  chosen,
  id,
  onChoose,
}: {
  flow: FlowView
  message: FlowMessage
  chosen: boolean
  id: string
  onChoose: () => void
}) {
  const { lane, span, back } = laneOf(flow, message)
  const [asked, further] = wordsOf(message)
  return (
    <li
      id={id}
      role="option"
      aria-selected={chosen}
      className={css.row}
      data-tone={message.tone}
      data-answer={message.answer}
      style={{ '--lane': lane, '--span': span } as CSSProperties}
      onClick={onChoose}
    >
      <span className="visually-hidden">{spokenOf(flow, message)} </span>
      {span > 0 && (
        <span className={css.label}>
          <span>{asked}</span> {further !== '' && <span>{further}</span>}
        </span>
      )}
      <span className={css.line}>
        {span > 0 && (
          <span
            className={css.arrow}
            data-back={back}
            data-unseen={message.kind === 'authorization-unseen'}
            aria-hidden="true"
          >
            <svg viewBox="0 0 8 8" width={8} height={8}>
              <path d="M0 0l8 4-8 4z" fill="currentColor" />
            </svg>
          </span>
        )}
        {message.took !== undefined && <span className={css.time}> {duration(message.took)}</span>}
      </span>
      {message.checks.length > 0 && (
        <span className={css.checks}>
          {message.checks.map((check) => (
            <Check key={check.id} check={check} />
          ))}
        </span>
      )}
      {message.failure && (
        <span className={css.failure}>
          <span aria-hidden="true">✗ </span>
          <span className="visually-hidden">failed: </span>
          {message.failure.code}
        </span>
      )}
    </li>
  )
}

function Check({ check: { label, state } }: { check: FlowCheck }) {
  return (
    <span data-state={state}>
      <span aria-hidden="true">{marks[state]} </span>
      {label}
      <span className="visually-hidden"> {state.replace('-', ' ')}, </span>
    </span>
  )
}
