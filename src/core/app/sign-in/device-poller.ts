import type { Failure } from '@contract/result'
import type { DeviceSecrets, pollDeviceCode } from '../../oauth/token/device-code.ts'
import type { StockRecorded } from '../tokens/watch-stock.ts'

/** A device code that is asked for in the provider's interval. */
export interface Poller {
  secrets: DeviceSecrets
  intervalSeconds: number
  /** Why the last poll did not come through, while the next one still may. */
  trouble?: Failure
  browserOpened: boolean
  abort: AbortController
  callOff: () => void
  /** What came so far, for the stock client. */
  recorded: StockRecorded
}

/** A poller that has not asked yet. */
export function newPoller(secrets: DeviceSecrets, recorded: StockRecorded): Poller {
  return {
    secrets,
    intervalSeconds: secrets.intervalSeconds,
    browserOpened: false,
    abort: new AbortController(),
    callOff: () => undefined,
    recorded,
  }
}

/** Seconds to wait before the next poll: five more after `slow_down` (RFC 8628 section 3.5), twice as long after a
 *  timeout, and as long as the server says. */
export function nextInterval(
  { intervalSeconds }: Poller,
  answer: Awaited<ReturnType<typeof pollDeviceCode>>,
): number {
  if (answer.ok)
    return answer.value.state === 'waiting' && answer.value.slower ? intervalSeconds + 5 : intervalSeconds
  return Math.max(Math.min(intervalSeconds * 2, 60), answer.error.retryAfterSeconds ?? 0)
}
