import { useEffect, useState } from 'react'
import { TriangleAlert } from 'lucide-react'
import type { ClaimView } from '@contract/tokens/tokens.ts'
import { moment, relative } from '../../lib/format.ts'
import { useNow } from '../../lib/use-now.ts'
import { Button } from '../button.tsx'
import { copyItem, useCopyMenu } from '../menu/copy-menu.tsx'
import { Tags } from '../tag.tsx'
import css from './claims-table.module.css'

/** Rows that are drawn at a time, and those that are drawn at once: more would hold the page up. */
const step = 100
const atOnce = 25

/** Claims or header parameters: name, value, and meaning in plain words. */
export function ClaimsTable({ claims, label }: { claims: ClaimView[]; label: string }) {
  const { most, more } = useRows(claims.length)
  const rest = claims.length - most
  const menu = useCopyMenu((target) => {
    const claim = claims[(target.closest('tr')?.rowIndex ?? 0) - 1]
    if (!claim) return []
    const value = claim.items && claim.items.length > 0 ? claim.items.join(' ') : claim.text
    return [...(value === '' ? [] : [copyItem('Copy value', value)]), copyItem('Copy name', claim.name)]
  })
  return (
    <>
      <table className={css.table} aria-label={label} onContextMenu={menu.onContextMenu}>
        <thead>
          <tr>
            <th scope="col">claim</th>
            <th scope="col">value</th>
            <th scope="col">meaning</th>
          </tr>
        </thead>
        <tbody>
          {claims.slice(0, most).map((claim) => (
            <tr key={claim.name}>
              <th scope="row">{claim.name}</th>
              <td className={css.value}>
                <ClaimValue claim={claim} />
              </td>
              <td className={css.says} title={claim.source}>
                {claim.says}
                {claim.attention && (
                  <strong className={css.attention}>
                    <TriangleAlert aria-label="Note:" /> {claim.attention}
                  </strong>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rest > 0 && most >= step && (
        <Button small onClick={more}>
          Show {Math.min(step, rest)} of {rest} more
        </Button>
      )}
      {menu.menu}
    </>
  )
}

/** How many rows to draw: a few at once, then the first hundred piece by piece, then as many as are asked for. */
function useRows(count: number): { most: number; more: () => void } {
  const [drawn, setDrawn] = useState({ count, most: atOnce })
  const most = drawn.count === count ? drawn.most : atOnce
  useEffect(() => {
    if (most >= Math.min(step, count)) return undefined
    const timer = setTimeout(() => setDrawn({ count, most: most + atOnce }))
    return () => clearTimeout(timer)
  }, [count, most])
  // The button counts from the first hundred on.
  return { most, more: () => setDrawn({ count, most: most + step }) }
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
