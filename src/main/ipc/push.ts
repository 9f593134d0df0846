import type { WebContents } from 'electron'
import type { Pushes } from '@calls/pushes'

export type Push = <Name extends keyof Pushes>(name: Name, payload: Pushes[Name]) => void

/** Sends to the page; keeps what comes before the page listens, so that a redirect that started the
 *  app is not lost. Who works here is in the answer that it gets first: told again, it would ask for everything twice. */
export function createPush(page: () => WebContents | undefined): { push: Push; flush: () => void } {
  let waiting: [string, unknown][] | undefined = []
  const push: Push = (name, payload) => {
    if (!waiting) page()?.send(name, payload)
    else if (name !== 'lock') waiting.push([name, payload])
  }
  function flush(): void {
    const queued = waiting ?? []
    waiting = undefined
    for (const [name, payload] of queued) page()?.send(name, payload)
  }
  return { push, flush }
}
