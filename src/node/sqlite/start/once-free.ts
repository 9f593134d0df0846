import { setTimeout } from 'node:timers/promises'
import type { Result } from '@contract/result'

/** Milliseconds between two tries, and how many there are: two to four seconds with what each waits by itself. */
const pause = 100
const mostTries = 20
/** Milliseconds after which none is begun any more, where each takes long: the update of the format beside this thread. */
const longest = 8_000

/** Opens something again for as long as another program holds it (`database_locked`), with turns for others in between. */
export async function onceFree<T>(open: () => Result<T> | Promise<Result<T>>): Promise<Result<T>> {
  const began = performance.now()
  for (let tries = 1; ; tries += 1) {
    const opened = await open()
    if (opened.ok || opened.error.code !== 'database_locked') return opened
    if (tries === mostTries || performance.now() - began > longest) return opened
    await setTimeout(pause)
  }
}
