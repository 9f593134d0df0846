import type { ReactNode } from 'react'
import { BookOpen } from 'lucide-react'
import type { Allowed, ConnectFound, TemplateView } from '@contract/connect.ts'
import { useWorkspace } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { Tag, type Tone } from '../../../ui/tag.tsx'
import { kindWords } from './connect-address.ts'
import css from './connect-dialog.module.css'

const allowed: Record<Allowed, [word: string, tone: Tone]> = {
  yes: ['taken', 'ok'],
  no: ['refused', 'bad'],
  unknown: ['not documented', 'plain'],
}

interface Props {
  found: ConnectFound
  /** What was missing and has been typed since. */
  filled: ReadonlySet<string>
  /** What the form needs besides, as it is now. */
  needed: readonly string[]
  /** What can be done to find out more. */
  actions?: ReactNode
}

/** What was made of a pasted address: what it is, what is still missing, what was noticed. */
export function FoundAddress({ found, filled, needed, actions }: Props) {
  const missing = [
    ...found.missing.filter(({ what }) => !filled.has(what)),
    ...needed
      .filter((what) => !found.missing.some((each) => each.what === what))
      .map((what) => ({ what, where: 'Required.' })),
  ]
  return (
    <section className={css.address} aria-label="What this address is">
      <p className={css.kind}>
        {kindWords(found)}.{' '}
        {missing.length === 0 ? 'Nothing is missing.' : 'The form below is filled in as far as possible.'}
      </p>
      {missing.length > 0 && (
        <Notice tone="warn" title="Still missing">
          <ul className={css.missing}>
            {missing.map(({ what, where }) => (
              <li key={what}>
                <strong>{what}</strong> <span className="note">{where}</span>
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {found.notes.length > 0 && (
        <ul className={css.notes}>
          {found.notes.map((note) => (
            <li key={note} className="note wrap-any">
              {note}
            </li>
          ))}
        </ul>
      )}
      {actions}
      {found.otherProviders.length > 0 && (
        <p className="note wrap-any">The API also accepts tokens from {found.otherProviders.join(', ')}.</p>
      )}
      {found.template && <TemplateFacts template={found.template} />}
    </section>
  )
}

function Redirect({ label, value }: { label: string; value: Allowed }) {
  const [word, tone] = allowed[value]
  return (
    <span>
      {label} <Tag tone={tone}>{word}</Tag>
    </span>
  )
}

/** What a product allows a desktop app, and where that can be read. */
function TemplateFacts({ template }: { template: TemplateView }) {
  const { bridge, toasts } = useWorkspace()
  async function open(): Promise<void> {
    const answer = await bridge.call['connect:open-documentation']({ templateId: template.id })
    if (!answer.ok) toasts.getState().fail(answer.error)
  }
  return (
    <details className={css.facts}>
      <summary>What {template.name} allows a desktop app</summary>
      <p className={css.allowed}>
        <Redirect label="Custom scheme" value={template.customScheme} />
        <Redirect label="Loopback" value={template.loopback} />
      </p>
      <dl>
        {template.facts.map(({ label, says }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{says}</dd>
          </div>
        ))}
      </dl>
      <Button small icon={<BookOpen />} onClick={() => void open()}>
        Read it at {template.documentationHost}
      </Button>
    </details>
  )
}
