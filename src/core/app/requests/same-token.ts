import { fail } from '@contract/result'
import { exchangeDocument } from '../../records/documents/exchange.ts'
import type { ExchangeStore } from '../../records/ports.ts'
import type { OpenTokenSet } from '../tokens/refresh-account.ts'
import { lifeOfTokenSet } from '../tokens/token-set-life.ts'
import type { CurrentSession } from '../vault/session.ts'

interface Dependencies {
  session: CurrentSession
  exchanges: Pick<ExchangeStore, 'get'>
}

/** Whether an account still has the token that an exchange carried: the history has none, but says how long it lived.
 *  Code: `token_replaced`. */
export function createSameToken({ session, exchanges }: Dependencies) {
  return (exchangeId: string, { account, tokenSet }: Pick<OpenTokenSet, 'account' | 'tokenSet'>) => {
    const stored = exchanges.get(session().user.id, exchangeId)
    const view = stored && exchangeDocument.read(stored.view)
    const carried = view?.ok === true ? view.value.carried : undefined
    const { issuedAt, expiresAt } = lifeOfTokenSet(tokenSet)
    const isSame =
      carried?.accountId === account.id &&
      carried.life.issuedAt !== undefined &&
      carried.life.issuedAt === issuedAt &&
      carried.life.expiresAt === expiresAt
    return isSame
      ? undefined
      : fail(
          'token_replaced',
          'The token that this request carried has been replaced since. Gatehouse keeps only the newest one, so nothing was sent.',
          'Send it again with today’s token.',
        )
  }
}
