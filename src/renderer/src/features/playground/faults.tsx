import { useState } from 'react'
import type { PlaygroundFault } from '@contract/app.ts'
import { keysOf } from '@contract/tables/keys-of.ts'
import { faultNames } from '../../lib/playground-faults.ts'
import { useWorkspace } from '../../lib/workspace.ts'
import { Switch } from '../../ui/field.tsx'
import { Tag } from '../../ui/tag.tsx'
import css from './playground.module.css'

/** What is seen of each fault. */
const says: Record<PlaygroundFault, string> = {
  'expired-tokens':
    'The provider issues tokens that have already expired. Refresh the account and send: 401, with how long ago the token expired.',
  'wrong-audience':
    'The provider issues tokens for another API. Refresh the account and send: Gatehouse asks first. Sent anyway: 401, with the API the token is meant for.',
  'rotated-keys':
    'The provider signs with new keys and the API forgets the old ones. Send: Gatehouse refreshes, sends again and gets 200; the response says so.',
  'too-many-requests':
    'The API answers every call with 429. Send: the headers say how long to wait (Retry-After), and Gatehouse does not resend on its own.',
  'clock-skew':
    'The API’s clock is ten minutes ahead. Send: 401 as if the token had expired, and how far apart the two clocks are.',
}

/** What can be made to go wrong on purpose. What is on is what the playground itself said last. */
export function Faults({ on }: { on: PlaygroundFault[] }) {
  const { bridge, toasts } = useWorkspace()
  const [switching, setSwitching] = useState<PlaygroundFault | null>(null)
  async function set(fault: PlaygroundFault, wanted: boolean): Promise<void> {
    if (switching) return
    setSwitching(fault)
    const answer = await bridge.call['playground:set-fault']({ fault, on: wanted })
    setSwitching(null)
    if (!answer.ok) toasts.getState().fail(answer.error)
  }
  return (
    <section aria-labelledby="playground-faults">
      <h2 id="playground-faults">Faults {on.length > 0 && <Tag tone="accent">{`${on.length} on`}</Tag>}</h2>
      <p className={`note ${css.lead}`}>
        Break something on purpose. A token issued in the meantime stays broken until it is refreshed.
      </p>
      <ul className={css.faults}>
        {keysOf(faultNames).map((fault) => (
          <li key={fault} aria-busy={switching === fault || undefined}>
            <Switch
              label={faultNames[fault]}
              hint={says[fault]}
              checked={on.includes(fault)}
              onChange={(wanted) => void set(fault, wanted)}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}
