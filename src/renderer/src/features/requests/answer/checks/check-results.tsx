import { Check, CircleHelp, X } from 'lucide-react'
import type { CheckResult } from '@contract/sending/checks.ts'
import { checkOperatorTable } from '@contract/tables/check-operators.ts'
import { keyIn } from '@contract/tables/keys-of.ts'
import { Tag } from '../../../../ui/tag.tsx'
import css from './check-results.module.css'

const outcomes = {
  passed: { label: 'Passed', tone: 'ok', Icon: Check },
  failed: { label: 'Failed', tone: 'bad', Icon: X },
  'not-judged': { label: 'Not checked', tone: 'warn', Icon: CircleHelp },
} as const

/** The checks of an exchange: what was expected, what came, and how that was judged. */
export function CheckResults({ results }: { results: readonly CheckResult[] }) {
  return (
    <table className={css.table} aria-label="Checks">
      <thead>
        <tr>
          <th scope="col">Result</th>
          <th scope="col">Check</th>
          <th scope="col">Actual</th>
        </tr>
      </thead>
      <tbody>
        {results.map((result, index) => {
          const { label, tone, Icon } = outcomes[result.outcome]
          return (
            <tr key={index} data-outcome={result.outcome}>
              <td className={css.outcome}>
                <Tag tone={tone}>
                  <Icon aria-hidden="true" /> {label}
                </Tag>
              </td>
              <th scope="row">
                <code>{result.expression}</code> {operatorWords(result.operator)}{' '}
                {result.expected !== undefined && <code>{result.expected}</code>}
              </th>
              <td>
                {result.actual !== undefined && <code>{result.actual}</code>}
                {result.reason !== undefined && <p className={css.reason}>{result.reason}</p>}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function operatorWords(operator: string): string {
  const known = keyIn(checkOperatorTable, operator)
  return known === undefined ? operator : checkOperatorTable[known].label
}
