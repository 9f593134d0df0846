/** From one call to the next. */
const pause = 5

interface Told {
  /** What any call may wait while something heavy is worked on, in milliseconds. */
  longest: number
  wrong: string[]
  figures: Record<string, number>
  tell: (line: string) => void
}

/** Does a heavy work while `calls` are made in turn, one every few milliseconds, and notes how long the slowest of them
 *  waited, from when it was due to when it was done. Without calls a turn only has to come. */
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
      const { slowest, made } = await watch.end()
      figures[`${name}Ms`] = Math.round(performance.now() - began)
      figures[`${name}WaitMs`] = Math.round(slowest)
      figures[`${name}Calls`] = made
      if (slowest > longest) wrong.push(`a call waited ${Math.round(slowest)} ms beside: ${name}`)
      if (made < 3) wrong.push(`no call ran beside: ${name}`)
      tell(`${name}: ${made} calls, ${Math.round(slowest)} ms at most`)
    }
  }
}

function watchCalls(calls: readonly (() => unknown)[]) {
  let slowest = 0
  let made = 0
  let due = performance.now() + pause
  let timer = setTimeout(call, pause)
  function call(): void {
    calls[made % calls.length]?.()
    const now = performance.now()
    slowest = Math.max(slowest, now - due)
    made += 1
    due = now + pause
    timer = setTimeout(call, pause)
  }
  return {
    /** After one more turn: what held it up until now is seen too. */
    end: async () => {
      await new Promise((done) => setTimeout(done, 20))
      clearTimeout(timer)
      return { slowest, made }
    },
  }
}
