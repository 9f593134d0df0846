import { failureIn } from '../../text/expected-failure.ts'

/** Milliseconds between two tries, and how many there are: ten seconds with what each waits by itself. */
const pause = 200
const mostTries = 30

/** Does a write of what can't be had again. Where another program holds the database just then, it is done again: the store
 *  itself waits for a moment only, because all others wait with it. */
export async function onceUnlocked<T>(
  wait: (milliseconds: number) => Promise<void>,
  work: () => T,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return work()
    } catch (thrown) {
      if (failureIn(thrown)?.code !== 'database_locked' || tries === mostTries) throw thrown
    }
    await wait(pause)
  }
}
