import { Worker } from 'node:worker_threads'
import type { CheckResult } from '@contract/sending/checks'
import type { Captured, Capturing } from '../../core/checks/capture.ts'
import type { Judging } from '../../core/checks/judge.ts'

type Asked = { judging: Judging } | { capturing: Capturing }
export type JudgeAsked = { number: number } & Asked

interface Waiting {
  done: (results: unknown[] | undefined) => void
  timer: NodeJS.Timeout
}

/** Milliseconds that looking into one response may take. */
const patience = 2_000
/** Milliseconds after which a thread that no one asks anything ends. */
const idle = 20_000

/** Judges checks and captures values in a thread of its own (`script` is the built `judge-worker.ts`): patterns, paths
 *  and bodies come from outside, and none of them can hold anyone up. Nothing is answered where it takes too long. */
export function createJudgeThread(
  script: string,
  limits: { patience: number; idle: number } = { patience, idle },
): {
  judge: (judging: Judging) => Promise<CheckResult[] | undefined>
  capture: (capturing: Capturing) => Promise<Captured[] | undefined>
} {
  const waiting = new Map<number, Waiting>()
  let thread: Worker | undefined
  let number = 0
  let leaving: NodeJS.Timeout | undefined

  /** What waits behind one that takes too long is answered with nothing as well. */
  function end(ended: Worker): void {
    if (thread !== ended) return
    thread = undefined
    void ended.terminate()
    for (const { done, timer } of waiting.values()) {
      clearTimeout(timer)
      done(undefined)
    }
    waiting.clear()
  }
  function start(): Worker {
    const started = new Worker(script)
    started.unref()
    started.on('message', (answer: { number: number; results: unknown[] }) => {
      const one = waiting.get(answer.number)
      waiting.delete(answer.number)
      clearTimeout(one?.timer)
      one?.done(answer.results)
      if (waiting.size > 0) return
      leaving = setTimeout(() => end(started), limits.idle)
      leaving.unref()
    })
    started.on('error', () => end(started))
    started.on('exit', () => end(started))
    return started
  }

  function ask<Answer>(asked: Asked): Promise<Answer[] | undefined> {
    return new Promise((done) => {
      clearTimeout(leaving)
      const asking = (thread ??= start())
      number += 1
      waiting.set(number, {
        done: (results) => done(results as Answer[] | undefined),
        timer: setTimeout(() => end(asking), limits.patience),
      })
      asking.postMessage({ number, ...asked } satisfies JudgeAsked)
    })
  }
  return {
    judge: (judging) => ask<CheckResult>({ judging }),
    capture: (capturing) => ask<Captured>({ capturing }),
  }
}
