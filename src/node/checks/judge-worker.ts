import { parentPort } from 'node:worker_threads'
import { captureWork, judgeWork } from './judge-work.ts'
import type { Answered } from '../threads/asked-thread.ts'
import type { JudgeAsked } from './judge-thread.ts'

// A thread's own program: looks into what it is given, one after another.
parentPort?.on('message', ({ number, ...asked }: JudgeAsked) => {
  const working = 'judging' in asked ? judgeWork(asked.judging) : captureWork(asked.capturing)
  void working.then((results) => parentPort?.postMessage({ number, found: results } satisfies Answered))
})
