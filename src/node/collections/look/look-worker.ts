import { parentPort } from 'node:worker_threads'
import type { Answered } from '../../threads/asked-thread.ts'
import { lookNow, type LookAsked } from './look-thread.ts'

// A thread's own program: looks at files, one lot after another.
parentPort?.on('message', ({ number, ...asked }: LookAsked) => {
  parentPort?.postMessage({ number, found: lookNow(asked) } satisfies Answered)
})
