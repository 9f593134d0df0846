import { parentPort } from 'node:worker_threads'
import type { Answered } from '../../threads/asked-thread.ts'
import { openIdentityWork, readIdentityWork } from './identity-work.ts'
import type { IdentityAsked } from './identity-thread.ts'

// A thread's own program: goes through the rounds of passphrases, one after another.
parentPort?.on('message', ({ number, ...asked }: IdentityAsked) => {
  const working = 'reading' in asked ? readIdentityWork(asked.reading) : openIdentityWork(asked.opening)
  void working.then((found) => parentPort?.postMessage({ number, found } satisfies Answered))
})
