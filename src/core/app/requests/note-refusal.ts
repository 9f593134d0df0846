import type { ExchangeView } from '@contract/requests'
import type { Clock, TokenStore } from '../../records/ports.ts'
import type { CurrentSession } from '../vault/session.ts'

interface Dependencies {
  session: CurrentSession
  clock: Clock
  tokens: TokenStore
}

/** Writes into an account's history that an API refused its token: the message and the response go, this stays. The
 *  same refusal again, with nothing in between, is not written again. */
export function createNoteRefusal({ session, clock, tokens }: Dependencies) {
  return (view: ExchangeView): void => {
    if (view.status !== 401 || view.carried === undefined) return
    const tokenSet = tokens.getAccount(session().user.id, view.carried.accountId)?.tokenSet
    if (!tokenSet) return
    const { origin, pathname } = new URL(view.url)
    const reason = `${view.method} ${origin}${plainPath(pathname)}`
    const last = tokens.lineage(tokenSet.id).at(-1)
    if (last?.event === 'refused' && last.reason === reason) return
    tokens.addLineage({
      tokenSetId: tokenSet.id,
      at: clock.now(),
      event: 'refused',
      reason,
      changes: view.refusal ? [view.refusal.headline] : [],
    })
  }
}

/** The words of a path. What else it holds may be a secret, and an account's history is not sealed. */
function plainPath(pathname: string): string {
  return pathname
    .split('/')
    .map((segment) => (/^(?:[a-z][a-z_-]{0,30}|v\d{1,3})?$/i.test(segment) ? segment : '…'))
    .join('/')
}
