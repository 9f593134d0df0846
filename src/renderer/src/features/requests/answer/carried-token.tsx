import type { ExchangeView } from '@contract/requests.ts'
import { leftLong } from '../../../lib/life.ts'
import { moment, span } from '../../../lib/format.ts'
import { useNow } from '../../../lib/use-now.ts'
import { useDirectory, useWorkspace } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import { KeyValueTable } from '../../../ui/list/key-value-table.tsx'
import { Tags } from '../../../ui/tag.tsx'
import { Timeline } from '../../../ui/token/timeline.tsx'
import css from './carried-token.module.css'

type Carried = NonNullable<ExchangeView['carried']>

/** What is known of the token that an exchange carried; its text was not kept. */
export function CarriedTokenFacts({ exchange }: { exchange: ExchangeView }) {
  const now = useNow()
  const { carried, at, resent } = exchange
  if (!carried) {
    return <p className={`note ${css.facts}`}>This request was sent without an account’s token.</p>
  }
  const { life } = carried
  // A token that was got for this request is younger than the press of the button.
  const sentAt = carried.refreshed ? Math.max(at, life.issuedAt ?? at) : at
  return (
    <div className={css.facts}>
      <Timeline life={life} mark={{ at: sentAt, label: 'sent' }} />
      <KeyValueTable
        label="Token at the time"
        rows={[
          ['Called as', carried.displayName],
          ['Through', carried.connectionName],
          ['Time left', timeLeft(life, sentAt)],
          ...(life.issuedAt === undefined ? [] : [['Issued', moment(life.issuedAt, now)] as const]),
          ...(life.expiresAt === undefined ? [] : [['Expires', moment(life.expiresAt, now)] as const]),
          ['Scope', carried.scope ? <Tags key="scope" items={carried.scope.split(' ')} /> : 'not stated'],
          [
            'Refreshed',
            !carried.refreshed
              ? 'no, it was still valid'
              : resent
                ? 'after the first response, because the API refused it'
                : 'just before this request, because it had expired',
          ],
        ]}
      />
      <p className={css.foot}>
        <OpenAccount carried={carried} />
        <span className="faint">The token itself is not kept in the history.</span>
      </p>
    </div>
  )
}

/** `1 min 56 s of 2 min`, as it was when the request was sent. */
function timeLeft({ issuedAt, expiresAt }: Carried['life'], at: number): string {
  if (expiresAt === undefined || expiresAt <= at) return leftLong({ expiresAt }, at)
  const left = span(expiresAt - at)
  return issuedAt === undefined ? left : `${left} of ${span(expiresAt - issuedAt)}`
}

function OpenAccount({ carried: { accountId, displayName } }: { carried: Carried }) {
  const { tabs } = useWorkspace()
  const known = useDirectory((state) => state.accounts.some(({ id }) => id === accountId))
  if (!known) return <span className="faint">This account was removed.</span>
  return (
    <Button
      small
      onClick={() => tabs.getState().open({ kind: 'account', accountId }, { title: displayName, accountId })}
    >
      Open {displayName}
    </Button>
  )
}
