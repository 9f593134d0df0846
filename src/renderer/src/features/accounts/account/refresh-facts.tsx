import type { AccountView, LineageEntry } from '@contract/accounts.ts'
import { count, moment, relative, size, span } from '../../../lib/format.ts'
import { useNow } from '../../../lib/use-now.ts'
import { KeyValueTable } from '../../../ui/list/key-value-table.tsx'
import { Tags } from '../../../ui/tag.tsx'
import { rotationOf } from './rotation.ts'

const kept: Record<AccountView['storage'], string> = {
  vault: 'in the vault, encrypted',
  memory: 'in memory only: gone when Gatehouse closes',
  unreadable: 'on this disk, but cannot be opened',
}

/** What is known of the refresh token, most of which is in no token: where it came from and what it is good for. */
export function RefreshFacts({ view }: { view: AccountView }) {
  const now = useNow()
  const { came, times, refreshes } = rotationOf(view.lineage)
  const ends = view.refresh?.life.expiresAt
  return (
    <KeyValueTable
      label="Refresh token"
      rows={[
        ...(came ? [['Received', `${moment(came.at, now)}, ${relative(came.at, now)}`] as const] : []),
        ['Received with', cameWith(came)],
        ['Rotated', rotated(times, refreshes)],
        ['Scope', view.scope ? <Tags key="scope" items={view.scope.split(' ')} /> : 'no scope stated'],
        [
          'Expires',
          ends === undefined
            ? 'not stated. The provider may end it at any time: after inactivity, after a fixed period, with the session, or by revoking it.'
            : ends > now
              ? `${moment(ends, now)}, in ${span(ends - now)}`
              : `${moment(ends, now)}: it has expired`,
        ],
        ...(view.refresh?.format === 'opaque'
          ? [['Format', `opaque, ${size(view.refresh.size)}. ${view.refresh.says}`] as const]
          : []),
        ['Kept', kept[view.storage]],
        ['Sent to', 'only the provider’s token endpoint, never an API'],
      ]}
    />
  )
}

function cameWith(entry: LineageEntry | undefined): string {
  return entry === undefined ? 'not recorded' : entry.event === 'signed-in' ? 'the sign-in' : 'a refresh'
}

function rotated(times: number, refreshes: number): string {
  if (refreshes === 0) return 'not known until the first refresh'
  if (times === 0) return `no: the provider kept it in ${count(refreshes, 'refresh', 'refreshes')}`
  const when = times === refreshes ? `at every refresh (${times})` : `at ${times} of ${refreshes} refreshes`
  return `${when}; the provider should no longer accept the old one`
}
