import type { RandomBytes } from '../../oauth/wire/encoding.ts'
import type { RefreshResult } from '../../oauth/token/refresh.ts'
import { mayHaveRotated, refreshAttempts, retryDelay } from '../../oauth/token/refresh-policy.ts'
import type { Clock } from '../../records/ports.ts'

interface Dependencies {
  clock: Clock
  randomBytes: RandomBytes
  /** Resolves after that many milliseconds. */
  wait: (milliseconds: number) => Promise<void>
}

/** Asks a provider again after a while where it failed in passing, until someone is in a hurry. */
export function createPersistence(deps: Dependencies) {
  let hurry = new AbortController()

  /** Waits; returns whether there is still time. */
  async function pause(milliseconds: number): Promise<boolean> {
    const { signal } = hurry
    if (signal.aborted) return false
    const called = new Promise<void>((done) => signal.addEventListener('abort', () => done(), { once: true }))
    await Promise.race([deps.wait(milliseconds), called])
    return !signal.aborted
  }

  return {
    /** Asks until there is a response that counts. `unanswered` is told where the provider may have acted although
     *  no response came. */
    async persist(ask: () => Promise<RefreshResult>, unanswered: () => void): Promise<RefreshResult> {
      const began = deps.clock.now()
      for (let attempt = 1; ; attempt += 1) {
        const answer = await ask()
        if (!answer.ok && mayHaveRotated(answer.error)) unanswered()
        if (answer.ok || attempt === refreshAttempts) return answer
        const random = (deps.randomBytes(1)[0] ?? 0) / 255
        const delay = retryDelay(answer.error, { attempt, random, spent: deps.clock.now() - began })
        if (delay === undefined || !(await pause(delay))) return answer
      }
    },
    /** The vault is to be locked or the app to be closed: no one waits anymore. */
    hurry: (): void => hurry.abort(),
    /** There is time again. */
    calm: (): void => void (hurry = new AbortController()),
  }
}
