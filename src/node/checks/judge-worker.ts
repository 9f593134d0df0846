import { parentPort } from 'node:worker_threads'
import { judgeWork } from './judge-work.ts'
import type { JudgeAsked } from './judge-thread.ts'

// A thread's own program: judges what it is asked, one after another.
parentPort?.on('message', ({ number, judging }: JudgeAsked) => {
  void judgeWork(judging).then((results) => parentPort?.postMessage({ number, results }))
})
