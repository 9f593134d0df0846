import type { Account } from '../../records/model.ts'
import type { Clock, TokenStore } from '../../records/ports.ts'
import { displayName } from '../accounts/account-names.ts'
import type { CurrentSession } from '../vault/session.ts'

interface Dependencies {
  session: CurrentSession
  clock: Clock
  tokens: TokenStore
}

/** Writes into the history of the account that a sign-in was begun for that someone else signed in. */
export function createNoteOtherPerson({ session, clock, tokens }: Dependencies) {
  return (expected: Account['id'] | undefined, came: Account['id']): void => {
    if (expected === undefined || expected === came) return
    const { id: userId } = session().user
    const tokenSet = tokens.getAccount(userId, expected)?.tokenSet
    const other = tokens.getAccount(userId, came)?.account
    if (!tokenSet || !other) return
    tokens.addLineage({
      tokenSetId: tokenSet.id,
      at: clock.now(),
      event: 'other-person',
      reason: `in place of this account: ${displayName(other)}`,
      changes: ['Nothing was sent, and the tokens of this account are unchanged.'],
    })
  }
}
