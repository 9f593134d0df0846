import { Check, CircleAlert } from 'lucide-react'
import type { CaptureResult } from '@contract/sending/captures.ts'
import { captureScopeTable } from '@contract/tables/own-checks.ts'
import { Tag } from '../../../../ui/tag.tsx'
import css from '../checks/check-results.module.css'

/** What of a response became the value of a variable, and what was not there. */
export function CaptureResults({ results }: { results: readonly CaptureResult[] }) {
  return (
    <table className={css.table} aria-label="Captured">
      <thead>
        <tr>
          <th scope="col">Result</th>
          <th scope="col">Variable</th>
          <th scope="col">Value</th>
        </tr>
      </thead>
      <tbody>
        {results.map(({ name, expression, scope, outcome, value, secret, reason, stale }, index) => (
          <tr key={index} data-outcome={outcome}>
            <td className={css.outcome}>
              {outcome === 'captured' ? (
                <Tag tone="ok">
                  <Check aria-hidden="true" /> Captured
                </Tag>
              ) : (
                <Tag tone="warn">
                  <CircleAlert aria-hidden="true" /> Not captured
                </Tag>
              )}
            </td>
            <th scope="row">
              <code>{name}</code>
              <p className={css.reason}>
                <code>{expression}</code> · {captureScopeTable[scope].label}
              </p>
            </th>
            <td>
              {value !== undefined && <code>{value}</code>}
              {secret && (
                <span>
                  <span aria-hidden="true">•••••••• </span>
                  <Tag>secret</Tag>
                </span>
              )}
              {reason !== undefined && (
                <p className={css.reason}>
                  {reason} {stale && 'The earlier value is kept, with a warning where it is used.'}
                </p>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
