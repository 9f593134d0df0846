import type { HistoryHeld } from '@contract/requests'
import { ok, type Result } from '@contract/result'
import type { HistoryLimits } from '@contract/words'
import type { ExchangeStore } from '../../records/ports.ts'
import type { Preferences } from '../ports.ts'
import type { CurrentSession } from '../vault/session.ts'

interface Dependencies {
  session: CurrentSession
  exchanges: Pick<ExchangeStore, 'limit' | 'held'>
  preference: Preferences['history']
  changed: () => void
}

/** How much history is kept, on this computer. */
export function createHistoryLimits({ session, exchanges, preference, changed }: Dependencies) {
  function apply(): void {
    const { days, exchanges: most, megabytes } = preference.get()
    exchanges.limit({ days, exchanges: most, bytes: megabytes * 1_000_000 })
  }
  const view = (): Result<HistoryHeld> =>
    ok({ limits: preference.get(), ...exchanges.held(session().user.id) })

  apply()
  return {
    read: view,
    set(limits: HistoryLimits): Result<HistoryHeld> {
      preference.set(limits)
      apply()
      changed()
      return view()
    },
  }
}
