import type { ReactNode } from 'react'
import type { RefusalView } from '@contract/requests.ts'
import { ShieldX } from 'lucide-react'
import { Tags } from '../../ui/tag.tsx'
import css from './refusal-card.module.css'

const certainty: Record<RefusalView['certainty'], string> = {
  certain: 'certain: the API says so itself',
  likely: 'likely: what the answer points to',
  unknown: 'unknown: the answer gives no reason',
}

/** Why a call was refused, in the API's own words. */
export const RefusalCard = ({ refusal, actions }: { refusal: RefusalView; actions?: ReactNode }) => (
  <section className={css.card} aria-label="Why it was refused">
    <header className={css.head}>
      <ShieldX aria-hidden="true" />
      <h2>Why it was refused</h2>
      <span className="note">{certainty[refusal.certainty]}</span>
    </header>
    <div className={css.body}>
      <p className={css.headline}>{refusal.headline}</p>
      <table className={css.facts} aria-label="Facts">
        <tbody>
          {refusal.facts.map((fact) => (
            <tr key={fact.label}>
              <th scope="row">{fact.label}</th>
              <td>
                {fact.items && fact.items.length > 0 && <Tags items={fact.items} />}
                {fact.text && <span className="mono wrap-any">{fact.text}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={css.next}>
        <strong>Next:</strong> {refusal.next}
      </p>
      {actions}
    </div>
  </section>
)
