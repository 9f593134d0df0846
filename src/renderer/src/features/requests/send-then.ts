import type { OpenRequest, RequestsState } from './state.ts'

interface Parts {
  change: (tabId: string, part: Partial<OpenRequest>) => void
  send: (tabId: string) => Promise<void>
  /** What is chosen, for the user and in the collection of the tab's file: in another one the request would be another. */
  environment: (tabId: string) => Promise<string>
  /** Told what was not sent since the environment is another. */
  dropped: () => void
}

/** Requests that wait for a moment to be sent, in this page alone: with the lock, a change or the end of their tab they
 *  wait no longer. */
interface SendThen extends Pick<RequestsState, 'sendAt' | 'stopWaiting'> {
  stopAll: () => void
}

/** What a timer of the browser can wait for at most, in milliseconds. */
const longest = 2_147_000_000

export function createSendThen({ change, send, environment, dropped }: Parts): SendThen {
  const timers = new Map<string, ReturnType<typeof setTimeout>>()

  function stopWaiting(tabId: string): void {
    clearTimeout(timers.get(tabId))
    if (timers.delete(tabId)) change(tabId, { waitsUntil: undefined })
  }
  return {
    sendAt: (tabId, at) => {
      stopWaiting(tabId)
      const begun = environment(tabId)
      const timer = setTimeout(
        () =>
          void Promise.all([begun, environment(tabId)]).then(([before, now]) => {
            // It was changed, or closed, in the meantime.
            if (timers.get(tabId) !== timer) return
            stopWaiting(tabId)
            if (now === before) void send(tabId)
            else dropped()
          }),
        Math.max(0, Math.min(longest, at - Date.now())),
      )
      timers.set(tabId, timer)
      change(tabId, { waitsUntil: at })
    },
    stopWaiting,
    stopAll: () => {
      for (const tabId of [...timers.keys()]) stopWaiting(tabId)
    },
  }
}
