import { setTimeout } from 'node:timers/promises'
import type { Result } from '@contract/result'

/** Milliseconds between two tries, and how many there are: two to four seconds with what each waits by itself. */
const pause = 100
const mostTries = 20

/** Opens something again for as long as another program holds it (`database_locked`), with turns for others in between. */
export async function onceFree<T>(open: () => Result<T> | Promise<Result<T>>): Promise<Result<T>> {
  for (let tries = 1; ; tries += 1) {
    const opened = await open()
    if (opened.ok || opened.error.code !== 'database_locked' || tries === mostTries) return opened
    await setTimeout(pause)
  }
}
