import type { Remedy } from '@contract/requests.ts'
import type { Failure } from '@contract/result.ts'
import type { AppBridge } from '../../lib/bridge.ts'
import type { Around, OpenRequest, RequestsState } from './state.ts'

/** Doing what a refused call can be fixed by, then sending again. */
export function createFollow(
  bridge: AppBridge,
  around: Pick<Around, 'signInFor' | 'cancelSignIn'>,
  get: () => RequestsState,
  change: (tabId: string, part: Partial<OpenRequest>) => void,
): Pick<RequestsState, 'follow' | 'stopFollowing'> {
  async function signInAgain(
    tabId: string,
    remedy: Extract<Remedy, { kind: 'sign-in' }>,
  ): Promise<Failure | null> {
    const { label, accountId, connectionId, scope, acrValues, maxAgeSeconds } = remedy
    const begun = await around.signInFor({ connectionId, scope, acrValues, maxAgeSeconds, accountId })
    if ('code' in begun) return begun
    change(tabId, { mending: { signInId: begun.signInId, label }, somebodyElse: undefined })
    const ended = await begun.ended
    change(tabId, { mending: undefined })
    if (ended.error) return ended.error.code === 'sign_in_cancelled' ? null : ended.error
    if (ended.accountId !== accountId) {
      change(tabId, { somebodyElse: ended.accountId })
      return null
    }
    await get().send(tabId)
    return null
  }

  return {
    follow: async (tabId, remedy) => {
      switch (remedy.kind) {
        case 'send-as':
          get().change(tabId, { accountId: remedy.accountId })
          await get().send(tabId)
          return null
        case 'follow':
          await get().send(tabId, { carryBodyTo: remedy.origins })
          return null
        case 'allow-token': {
          const { accountId, origin } = remedy
          await get().send(tabId, { allowToken: { accountId, origin } })
          return null
        }
        case 'proxy-login':
          await get().send(tabId)
          return null
        case 'environment': {
          const used = await bridge.call['environments:use']({ id: remedy.environmentId })
          if (!used.ok) return used.error
          await get().send(tabId)
          return null
        }
        case 'sign-in':
          return signInAgain(tabId, remedy)
      }
    },
    stopFollowing: async (tabId) => {
      const mending = get().open[tabId]?.mending
      if (mending) await around.cancelSignIn(mending.signInId)
    },
  }
}
