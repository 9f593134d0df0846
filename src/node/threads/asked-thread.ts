import { Worker } from 'node:worker_threads'

interface Waiting {
  done: (found: unknown) => void
  timer: NodeJS.Timeout | undefined
}

interface Limits {
  /** Milliseconds that one answer may take; left out, there is no end to them. */
  patience?: number
  /** Milliseconds after which a thread that no one asks anything ends. */
  idle: number
}

/** What a thread is sent, and sends back under the same number. */
export type Numbered<Asked> = { number: number } & Asked
export interface Answered {
  number: number
  found: unknown
}

/** Asks a thread of its own (`script` is the built program of it), which begins with the first question. Undefined where it
 *  took too long, or the thread ended; so is all that waited with it. */
export function createAskedThread(
  script: string,
  { patience, idle }: Limits,
): (asked: object) => Promise<unknown> {
  const waiting = new Map<number, Waiting>()
  let thread: Worker | undefined
  let number = 0
  let leaving: NodeJS.Timeout | undefined

  function end(ended: Worker): void {
    if (thread !== ended) return
    thread = undefined
    void ended.terminate()
    const all = [...waiting.values()]
    waiting.clear()
    for (const { done, timer } of all) {
      clearTimeout(timer)
      done(undefined)
    }
  }
  function start(): Worker {
    const started = new Worker(script)
    started.unref()
    started.on('message', (answer: Answered) => {
      const one = waiting.get(answer.number)
      waiting.delete(answer.number)
      clearTimeout(one?.timer)
      one?.done(answer.found)
      if (waiting.size > 0) return
      leaving = setTimeout(() => end(started), idle)
      leaving.unref()
    })
    started.on('error', () => end(started))
    started.on('exit', () => end(started))
    return started
  }
  return (asked) =>
    new Promise((done) => {
      clearTimeout(leaving)
      const asking = (thread ??= start())
      number += 1
      const timer = patience === undefined ? undefined : setTimeout(() => end(asking), patience)
      waiting.set(number, { done, timer })
      asking.postMessage({ number, ...asked } satisfies Numbered<object>)
    })
}
