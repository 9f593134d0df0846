import { GitCompareArrows, KeyRound } from 'lucide-react'
import { Button } from '../../ui/button.tsx'
import { Tag } from '../../ui/tag.tsx'
import { bench } from './store.ts'
import css from './token-bench.module.css'

/** Offers the connections whose provider the token names: nothing is asked of anyone before a press. */
export function CompareBar() {
  const connections = bench.use((state) => state.connections)
  const compared = bench.use((state) => state.compared)
  const busy = bench.use((state) => state.busy)
  const compare = bench.use((state) => state.compare)
  if (connections.length === 0) return null
  const now = connections.find(({ id }) => id === compared?.connectionId)
  return (
    <div className={css.compare} role="group" aria-label="Compare with a connection">
      <span className={css.issued}>
        {now ? (
          <>
            Compared with <strong>{now.name}</strong>
            {compared?.withKeys && <Tag>with the keys of its provider</Tag>}
          </>
        ) : (
          'You have a connection to the provider that the token names.'
        )}
      </span>
      {now?.hasKeys && !compared?.withKeys && (
        <Button
          small
          look="primary"
          icon={<KeyRound />}
          busy={busy === 'keys'}
          title="Fetches the provider’s public keys; the token stays on this computer."
          onClick={() => void compare({ connectionId: now.id, withKeys: true })}
        >
          Check the signature with its keys
        </Button>
      )}
      {connections
        .filter(({ id }) => id !== now?.id)
        .map(({ id, name }) => (
          <Button
            key={id}
            small
            icon={<GitCompareArrows />}
            busy={busy === 'compare' && !now}
            onClick={() => void compare({ connectionId: id, withKeys: false })}
          >
            Compare with {name}
          </Button>
        ))}
    </div>
  )
}
