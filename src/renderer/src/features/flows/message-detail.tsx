import { Check as Tick, Minus, TriangleAlert, X } from 'lucide-react'
import { Fragment, useState, type RefObject } from 'react'
import type { FlowCheck, FlowMessage, FlowParameter, FlowView } from '@contract/flows.ts'
import { duration } from '../../lib/format.ts'
import { useWorkspace } from '../../lib/workspace.ts'
import { Button } from '../../ui/button.tsx'
import { Tag } from '../../ui/tag.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Checks } from '../../ui/token/checks.tsx'
import { exportFlow } from './actions.ts'
import { RawMessage, Redacted, StartLine } from './wire.tsx'
import css from './message-detail.module.css'

const looks: Record<FlowCheck['state'], { icon: typeof Tick; word: string }> = {
  valid: { icon: Tick, word: 'valid' },
  invalid: { icon: X, word: 'invalid' },
  notice: { icon: TriangleAlert, word: 'note' },
  'not-checked': { icon: Minus, word: 'not checked' },
}

/** One message: what it is, its parameters with the rule that each serves, what was checked. */
export function MessageDetail({ flow, message, heading }: Props) {
  const workspace = useWorkspace()
  const { id } = flow
  const ownChecks = message.checks.filter(
    (check) => !message.parameters.some((each) => each.check?.id === check.id),
  )
  return (
    <section className={css.detail} aria-label="Message">
      <h2 className={css.title} ref={heading} tabIndex={-1}>
        {message.number === undefined ? '' : `${message.number} · `}
        {message.title}
      </h2>
      <p className={css.subtitle}>
        {message.subtitle}
        {message.source && (
          <>
            {', '}
            <cite className={css.source}>{message.source}</cite>
          </>
        )}
      </p>
      {message.failure && (
        <Notice tone="bad" title={message.failure.message} next={message.failure.next}>
          <code>{message.failure.code}</code>
        </Notice>
      )}
      {message.wire && <StartLine start={message.wire.start} />}
      {message.says && <p className={css.says}>{message.says}</p>}
      <Parameters key={message.index} parameters={message.parameters} />
      {ownChecks.length > 0 && <Checks checks={ownChecks} />}
      {message.cards.map((card) => (
        <aside key={card.title} className={css.card}>
          <strong>{card.title}</strong>
          <p>{card.text}</p>
        </aside>
      ))}
      {message.wire && <RawMessage key={`raw-${message.index}`} wire={message.wire} />}
      <Facts message={message} />
      {message.curl && (
        <div className={css.actions}>
          <Button
            onClick={() =>
              void exportFlow(workspace, { id, format: 'curl', index: message.index }, 'curl command')
            }
          >
            Copy as curl
          </Button>
        </div>
      )}
    </section>
  )
}

function Finding({ check }: { check: FlowCheck }) {
  const { icon: Icon, word } = looks[check.state]
  return (
    <span className={css.finding} data-state={check.state}>
      <Icon aria-hidden="true" />
      <strong>{word}:</strong> {check.detail}.{' '}
    </span>
  )
}

const few = 8

/** A long name may break after an underscore, not inside a word. */
function Breakable({ name }: { name: string }) {
  return name.split(/(?<=_)/).map((part, index) => (
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ))
}

function Parameters({ parameters }: { parameters: FlowParameter[] }) {
  const [all, showAll] = useState(false)
  if (parameters.length === 0) return null
  const shown = all ? parameters : parameters.slice(0, parameters.length > few + 2 ? few : undefined)
  return (
    <>
      <dl className={css.parameters}>
        {shown.map((each, index) => (
          <div key={index}>
            <dt className="mono">
              <Breakable name={each.name} />
            </dt>
            <dd>
              {!each.hidden && each.value !== '' && (
                <span className={`mono ${css.value}`}>
                  <Redacted text={each.value} />
                </span>
              )}
              {each.check && <Finding check={each.check} />}
              {each.says} {each.source && <cite className={css.source}>{each.source}</cite>}
            </dd>
          </div>
        ))}
      </dl>
      {shown.length < parameters.length && (
        <Button look="quiet" small onClick={() => showAll(true)}>
          All {parameters.length} parameters
        </Button>
      )}
    </>
  )
}

interface Props {
  flow: FlowView
  message: FlowMessage
  heading: RefObject<HTMLHeadingElement | null>
}

function Facts({ message }: { message: FlowMessage }) {
  const { tls, took, proxy } = message
  const parts = [
    took === undefined ? '' : `${message.answer ? 'Responded after' : 'Took'} ${duration(took)}`,
    proxy ? `through the proxy ${proxy}` : '',
    tls?.http2 ? 'HTTP/2' : '',
    tls ? `${tls.protocol}${tls.issuer ? `, certificate by ${tls.issuer}` : ''}` : '',
    tls?.validTo ? `valid to ${tls.validTo}` : '',
  ].filter((part) => part !== '')
  return parts.length === 0 ? null : (
    <p className={css.facts}>
      {parts.join(' · ')} {tls?.unchecked && <Tag tone="bad">TLS not checked</Tag>}
    </p>
  )
}
