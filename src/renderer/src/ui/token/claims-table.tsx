import { TriangleAlert } from 'lucide-react'
import type { ClaimView } from '@contract/tokens.ts'
import { moment, relative } from '../../lib/format.ts'
import { useNow } from '../../lib/use-now.ts'
import { Tags } from '../tag.tsx'
import css from './claims-table.module.css'

/** Claims or header parameters: name, value, and meaning in plain words. */
export function ClaimsTable({ claims, label }: { claims: ClaimView[]; label: string }) {
  return (
    <table className={css.table} aria-label={label}>
      <thead>
        <tr>
          <th scope="col">claim</th>
          <th scope="col">value</th>
          <th scope="col">what it says</th>
        </tr>
      </thead>
      <tbody>
        {claims.map((claim) => (
          <tr key={claim.name}>
            <th scope="row">{claim.name}</th>
            <td className={css.value}>
              <ClaimValue claim={claim} />
            </td>
            <td className={css.says} title={claim.source}>
              {claim.says}
              {claim.attention && (
                <strong className={css.attention}>
                  <TriangleAlert aria-label="Mind:" /> {claim.attention}
                </strong>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function ClaimTime({ at, text }: { at: number; text: string }) {
  const now = useNow()
  return (
    <>
      <span title={text}>{moment(at, now)}</span> <span className={css.relative}>{relative(at, now)}</span>
    </>
  )
}

function ClaimValue({ claim }: { claim: ClaimView }) {
  if (claim.items && claim.items.length > 0) return <Tags items={claim.items} />
  if (claim.kind === 'time' && claim.at !== undefined) return <ClaimTime at={claim.at} text={claim.text} />
  if (claim.kind === 'json') return <pre className={css.json}>{claim.text}</pre>
  return <span className="wrap-any">{claim.text}</span>
}
