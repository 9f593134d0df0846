import type { CarriedToken } from '@contract/requests.ts'
import { leftLong } from '../../lib/life.ts'
import { moment } from '../../lib/format.ts'
import { useNow } from '../../lib/use-now.ts'
import { KeyValueTable } from '../../ui/key-value-table.tsx'
import { Tags } from '../../ui/tag.tsx'
import css from './response-pane.module.css'

interface Props {
  carried?: CarriedToken
  at: number
}

/** What is known of the token that an exchange carried; its text was not kept. */
export const CarriedTokenFacts = ({ carried, at }: Props) => {
  const now = useNow()
  if (!carried) {
    return <p className={`note ${css.padded}`}>This request carried no token of an account.</p>
  }
  const { life } = carried
  return (
    <div className={css.padded}>
      <KeyValueTable
        label="Token at the time"
        rows={[
          ['Called as', carried.displayName],
          ['Through', carried.connectionName],
          ['Left when sent', leftLong(life, at)],
          ...(life.issuedAt === undefined ? [] : [['Issued', moment(life.issuedAt, now)] as const]),
          ...(life.expiresAt === undefined ? [] : [['Expires', moment(life.expiresAt, now)] as const]),
          ['Scope', carried.scope ? <Tags key="scope" items={carried.scope.split(' ')} /> : 'not stated'],
          [
            'Refreshed',
            carried.refreshed ? 'just before this request, because it had run out' : 'no, it was still good',
          ],
        ]}
      />
      <p className="faint">The token itself is not kept in the history.</p>
    </div>
  )
}
