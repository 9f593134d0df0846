import type { WebContents } from 'electron'
import type { Pushes } from '@calls/pushes'

export type Push = <Name extends keyof Pushes>(name: Name, payload: Pushes[Name]) => void

/** Sends to the page; keeps what comes before the page listens, so that a redirect that started the
 *  app is not lost. */
export function createPush(page: () => WebContents | undefined): { push: Push; flush: () => void } {
  let waiting: [string, unknown][] | undefined = []
  const push: Push = (name, payload) => {
    if (waiting) waiting.push([name, payload])
    else page()?.send(name, payload)
  }
  function flush(): void {
    const queued = waiting ?? []
    waiting = undefined
    for (const [name, payload] of queued) page()?.send(name, payload)
  }
  return { push, flush }
}
