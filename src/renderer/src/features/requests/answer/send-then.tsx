import { clock, timeOfDay } from '../../../lib/format.ts'
import { useNow } from '../../../lib/use-now.ts'
import { Button } from '../../../ui/button.tsx'
import { requests } from '../store.ts'
import css from './refusal-card.module.css'

/** The time until the server answers again, turning every second, and the offer to send then. */
export function SendThen({ tabId, until }: { tabId: string; until: number }) {
  const left = until - useNow()
  const waitsUntil = requests.use((state) => state.open[tabId]?.waitsUntil)
  const sendAt = requests.use((state) => state.sendAt)
  const stopWaiting = requests.use((state) => state.stopWaiting)
  const remains = clock(Math.ceil(Math.max(0, left) / 1000) * 1000)
  if (waitsUntil !== undefined)
    return (
      <div className={css.then}>
        <p className={css.countdown} role="timer">
          The request is sent at {timeOfDay(waitsUntil)}, in <strong className="mono">{remains}</strong>
        </p>
        <Button small onClick={() => stopWaiting(tabId)}>
          Cancel
        </Button>
        <span className="note">
          It is not sent if you change it, close its tab, change the environment, or lock Gatehouse first.
        </span>
      </div>
    )
  return (
    <div className={css.then}>
      <p className={css.countdown} role="timer">
        {left > 0 ? (
          <>
            You can send again in <strong className="mono">{remains}</strong>
          </>
        ) : (
          'You can send again now.'
        )}
      </p>
      {left > 0 && (
        <Button small onClick={() => sendAt(tabId, until)}>
          Send then
        </Button>
      )}
    </div>
  )
}
