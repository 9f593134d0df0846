import { Check as Tick, Minus, TriangleAlert, X } from 'lucide-react'
import type { Check, CheckState, ClaimView } from '@contract/tokens/tokens.ts'
import { size } from '../../lib/format.ts'
import { Certificates } from './certificates.tsx'
import { ComparedValues } from './compared.tsx'
import { Tag, type Tone } from '../tag.tsx'
import css from './checks.module.css'

const looks: Record<CheckState, { icon: typeof Tick; word: string; tone: Tone }> = {
  valid: { icon: Tick, word: 'valid', tone: 'ok' },
  invalid: { icon: X, word: 'invalid', tone: 'bad' },
  notice: { icon: TriangleAlert, word: 'note', tone: 'warn' },
  'not-checked': { icon: Minus, word: 'not checked', tone: 'plain' },
}

const counted: readonly (readonly [CheckState, string])[] = [
  ['invalid', 'failed'],
  ['valid', 'passed'],
  ['notice', 'note'],
  ['not-checked', 'not checked'],
]

/** What was looked at: an icon and a word for each state. */
export function Checks({ checks }: { checks: Check[] }) {
  return (
    <section aria-label="Checks">
      <h2 className={css.heading}>
        Checks{' '}
        {counted.map(([state, word]) => {
          const many = checks.filter((check) => check.state === state).length
          return many > 0 ? (
            <Tag key={state} tone={looks[state].tone}>
              {many} {word}
            </Tag>
          ) : null
        })}
      </h2>
      <CheckList checks={checks.filter((check) => !uncomparable(check))} />
      <Uncompared checks={checks.filter(uncomparable)} />
    </section>
  )
}

/** The header's parameters and the size, small. */
export function HeaderFacts({ title = 'Header', header, bytes, inHeader = false }: HeaderProps) {
  const facts = bytes !== undefined && (
    <>
      <span className="mono">{size(bytes)}</span>
      {inHeader && <span className={css.says}>{headerLimit(bytes)}</span>}
    </>
  )
  if (facts && header.length === 0) {
    return (
      <section aria-label="Size" className={css.facts}>
        <h2 className={css.heading}>Size</h2>
        {facts}
      </section>
    )
  }
  return (
    <section aria-label={title} className={css.facts}>
      <h2 className={css.heading}>{title}</h2>
      <dl>
        {header.map((part) => (
          <div key={part.name} className={css.fact}>
            <dt className="mono">{part.name}</dt>
            <dd>
              {part.certificates ? (
                <Certificates certificates={part.certificates} />
              ) : (
                <span className="mono wrap-any">{part.items ? part.items.join(', ') : part.text}</span>
              )}
              <span className={css.says}>{part.says}</span>
              {part.attention && (
                <span className={css.attention}>
                  <TriangleAlert aria-label="Note:" /> {part.attention}
                </span>
              )}
            </dd>
          </div>
        ))}
        {facts && (
          <div className={css.fact}>
            <dt>size</dt>
            <dd>{facts}</dd>
          </div>
        )}
      </dl>
    </section>
  )
}

function CheckList({ checks }: { checks: Check[] }) {
  return (
    <ul className={css.list}>
      {checks.map((check, index) => {
        const { icon: Icon, word } = looks[check.state]
        return (
          <li
            key={`${check.id} ${index}`}
            className={css.check}
            data-state={check.state}
            title={check.source}
          >
            <Icon className={css.icon} aria-hidden="true" />
            <div className="grow selectable">
              <div className={css.line}>
                <span className={css.label}>{check.label}</span>
                <span className={css.word}>{word}</span>
              </div>
              <div className="note wrap-any">{check.detail}</div>
              {check.compared && <ComparedValues compared={check.compared} />}
            </div>
          </li>
        )
      })}
    </ul>
  )
}

/** There is nothing that it could be compared with. */
function uncomparable({ code }: Check): boolean {
  return code === 'no_expectation'
}

/** What could not be compared, folded: no fault of the token. */
function Uncompared({ checks }: { checks: Check[] }) {
  if (checks.length < 2) return <CheckList checks={checks} />
  return (
    <details className={css.folded}>
      <summary>Nothing to compare with: {checks.map(({ label }) => label.toLowerCase()).join(', ')}</summary>
      <CheckList checks={checks} />
    </details>
  )
}

interface HeaderProps {
  title?: string
  header: ClaimView[]
  /** Of the whole token; left out where only a part of it is told. */
  bytes?: number
  /** The token travels in a header, whose limits it has to keep. */
  inHeader?: boolean
}

/** What a header carries without trouble: many servers stop at 8 kB for all headers. */
function headerLimit(bytes: number): string {
  return bytes > 7000
    ? 'Larger than many servers accept in a header (8 KB).'
    : 'Fits every common header limit.'
}
