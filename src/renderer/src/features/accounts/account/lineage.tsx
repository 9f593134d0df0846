import { Ban, CircleAlert, LogIn, RefreshCw, ShieldX, UserX } from 'lucide-react'
import type { AccountView } from '@contract/accounts.ts'
import { lineageEventTable, type LineageEvent } from '@contract/tables/lineage-events.ts'
import { moment, relative } from '../../../lib/format.ts'
import { useNow } from '../../../lib/use-now.ts'
import { Tags } from '../../../ui/tag.tsx'
import css from './account-page.module.css'

const icons: Record<LineageEvent, typeof LogIn> = {
  'signed-in': LogIn,
  refreshed: RefreshCw,
  'refresh-failed': CircleAlert,
  revoked: Ban,
  'revoke-failed': CircleAlert,
  refused: ShieldX,
  'other-person': UserX,
}

/** How the tokens came to be what they are, newest first. */
export function Lineage({ view }: { view: AccountView }) {
  const now = useNow()
  return (
    <ol className={css.lineage}>
      {view.lineage
        .toSorted((a, b) => b.at - a.at)
        .map((entry, index) => {
          const Icon = icons[entry.event]
          const says = lineageEventTable[entry.event]
          const reason = entry.reason.replace(new RegExp(`^${says} `, 'i'), '')
          return (
            <li key={index} data-event={entry.event}>
              <Icon aria-hidden="true" />
              <strong>{says}</strong> <span className="note">{reason}</span>{' '}
              <span className="faint">
                · {moment(entry.at, now)}, {relative(entry.at, now)}
              </span>
              {entry.changes.length > 0 && (
                <ul>
                  {entry.changes.map((change) => (
                    <li key={change}>
                      <Change text={change} />
                    </li>
                  ))}
                </ul>
              )}
            </li>
          )
        })}
    </ol>
  )
}

/** `granted: a b`: scopes are read as tags, all else as words. */
function Change({ text }: { text: string }) {
  const [, says, scopes] = /^(granted|not granted|scope gained|scope lost): (\S.*)$/.exec(text) ?? []
  if (says === undefined || scopes === undefined || scopes === 'no scope stated') return text
  return (
    <>
      {says} <Tags items={scopes.split(' ')} />
    </>
  )
}
