import type { ReactNode } from 'react'
import { Copy, ShieldX } from 'lucide-react'
import type { RefusalView } from '@contract/requests.ts'
import { useWorkspace } from '../../../lib/workspace.ts'
import { IconButton } from '../../../ui/button.tsx'
import { Tag, Tags } from '../../../ui/tag.tsx'
import { SendThen } from './send-then.tsx'
import css from './refusal-card.module.css'

const certainty: Record<RefusalView['certainty'], string> = {
  certain: 'certain: the API says so',
  likely: 'likely: judging by the token and the response',
  unknown: 'unknown: the response gives no reason',
}

type Fact = RefusalView['facts'][number]

/** Why a call was refused, in the API's own words; what it sent beside its reason is folded. */
export function RefusalCard({ tabId, exchangeId, refusal, status, actions }: Props) {
  // A response can say 200 and be none.
  const title = status < 400 ? 'What this response means' : 'Why it was refused'
  const sent = refusal.facts.filter((fact) => fact.sent)
  return (
    <section className={css.card} aria-label={title}>
      <header className={css.head}>
        <ShieldX aria-hidden="true" />
        <h2>{title}</h2>
        <span className="note">{certainty[refusal.certainty]}</span>
      </header>
      <div className={css.body}>
        <p className={css.headline}>{refusal.headline}</p>
        {refusal.retryAt !== undefined && <SendThen tabId={tabId} until={refusal.retryAt} />}
        <Facts id={exchangeId} label="Facts" facts={refusal.facts.filter((fact) => !fact.sent)} />
        <p className={css.next}>
          <strong>Next:</strong> {refusal.next}
        </p>
        {actions}
        {sent.length > 0 && (
          <details className={css.sent}>
            <summary>What the API sent ({sent.length})</summary>
            <Facts id={exchangeId} label="What the API sent" facts={sent} />
          </details>
        )}
      </div>
    </section>
  )
}

/** What is asked for, with what the token does not have in front. */
function Wanted({ items, missing }: { items: string[]; missing: string[] }) {
  return (
    <span className={css.wanted}>
      {missing.map((item) => (
        <Tag key={item} tone="bad">
          {item} · missing
        </Tag>
      ))}
      <Tags items={items.filter((item) => !missing.includes(item))} />
    </span>
  )
}

function CopyFact({ id, label }: { id: string; label: string }) {
  const { bridge, toasts } = useWorkspace()
  async function copy(): Promise<void> {
    const answer = await bridge.call['exchanges:copy-fact']({ id, label })
    if (answer.ok) toasts.getState().show('Address copied.', 'ok')
    else toasts.getState().fail(answer.error)
  }
  return (
    <IconButton label={`Copy: ${label}`} className={css.copy} onClick={() => void copy()}>
      <Copy />
    </IconButton>
  )
}

interface Props {
  tabId: string
  exchangeId: string
  refusal: RefusalView
  status: number
  actions?: ReactNode
}

function Facts({ id, label, facts }: { id: string; label: string; facts: Fact[] }) {
  return (
    <table className={css.facts} aria-label={label}>
      <tbody>
        {facts.map(({ label: name, text, items = [], missing = [], wire }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>
              {missing.length > 0 ? <Wanted items={items} missing={missing} /> : <Tags items={items} />}
              {text && <span className={wire ? 'mono wrap-any' : 'wrap-any'}>{text}</span>}
              {wire && text?.startsWith('http') && <CopyFact id={id} label={name} />}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
