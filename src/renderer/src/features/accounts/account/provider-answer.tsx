import type { ProviderAnswer, ProviderFinding } from '@contract/account-actions.ts'
import { timeOfDay } from '../../../lib/format.ts'
import { Notice } from '../../../ui/notice.tsx'
import { ClaimsTable } from '../../../ui/token/claims-table.tsx'
import css from './account-page.module.css'

const titles: Record<ProviderAnswer['action'], string> = {
  userinfo: 'Userinfo',
  introspect: 'Introspection',
  revoke: 'Revocation',
}

/** What the provider answered, in plain words and tables. */
export function ProviderAnswerPanel({ answer }: { answer: ProviderAnswer }) {
  return (
    <div className={css.answer}>
      <p className="note">
        {titles[answer.action]} · asked at {timeOfDay(answer.at)}
      </p>
      {answer.findings.map((finding) => (
        <Finding key={finding.title} finding={finding} />
      ))}
      {answer.notes.length > 0 && (
        <ul className={css.notes} aria-label="Notes">
          {answer.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </div>
  )
}

function Finding({ finding }: { finding: ProviderFinding }) {
  return (
    <section className={css.finding} aria-label={finding.title}>
      <Notice tone={finding.tone} title={finding.title}>
        {finding.says}
      </Notice>
      {finding.claims.length > 0 && <ClaimsTable claims={finding.claims} label={finding.title} />}
    </section>
  )
}
