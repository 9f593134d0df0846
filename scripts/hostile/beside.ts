import { readFileSync } from 'node:fs'

/** From one call to the next. */
const pause = 5

/** Milliseconds for which this thread was ready to run and another program had the processor, up to now; 0 where the
 *  system does not say (Linux does: /proc/thread-self/schedstat). */
function othersTime(): number {
  try {
    const [, waited = '0'] = readFileSync('/proc/thread-self/schedstat', 'latin1').split(' ')
    return Number(waited) / 1_000_000
  } catch {
    return 0
  }
}

interface Told {
  /** What any call may wait while something heavy is worked on, in milliseconds. */
  longest: number
  wrong: string[]
  figures: Record<string, number>
  tell: (line: string) => void
}

/** Does a heavy work while `calls` are made in turn, one every few milliseconds, and notes how long the slowest of them
 *  waited, from when it was due to when it was done. Without calls a turn only has to come. What counts is the time of this
 *  thread (computing, or waiting for the disk): on a busy machine other programs have the processor for some of it, which
 *  is told apart. */
export function createBeside({ longest, wrong, figures, tell }: Told) {
  return async function measured<T>(
    name: string,
    calls: readonly (() => unknown)[],
    work: () => Promise<T>,
  ): Promise<T> {
    const watch = watchCalls(calls)
    const began = performance.now()
    try {
      return await work()
    } finally {
      const { slowest, slowestOfOwn, made } = await watch.end()
      figures[`${name}Ms`] = Math.round(performance.now() - began)
      figures[`${name}WaitMs`] = Math.round(slowest)
      figures[`${name}OwnMs`] = Math.round(slowestOfOwn)
      figures[`${name}Calls`] = made
      if (slowestOfOwn > longest) wrong.push(`a call waited ${Math.round(slowestOfOwn)} ms beside: ${name}`)
      if (made < 3) wrong.push(`no call ran beside: ${name}`)
      tell(
        `${name}: ${made} calls, ${Math.round(slowest)} ms at most, ${Math.round(slowestOfOwn)} ms of them its own`,
      )
    }
  }
}

function watchCalls(calls: readonly (() => unknown)[]) {
  let slowest = 0
  let slowestOfOwn = 0
  let made = 0
  let others = othersTime()
  let due = performance.now() + pause
  let timer = setTimeout(call, pause)
  function call(): void {
    calls[made % calls.length]?.()
    const now = performance.now()
    const othersNow = othersTime()
    slowest = Math.max(slowest, now - due)
    slowestOfOwn = Math.max(slowestOfOwn, now - due - (othersNow - others))
    made += 1
    others = othersTime()
    due = performance.now() + pause
    timer = setTimeout(call, pause)
  }
  return {
    /** After one more turn: what held it up until now is seen too. */
    end: async () => {
      await new Promise((done) => setTimeout(done, 20))
      clearTimeout(timer)
      return { slowest, slowestOfOwn, made }
    },
  }
}
