import { parentPort, workerData } from 'node:worker_threads'
import { heavyWork } from './heavy-work.ts'
import type { HeavyAsked } from './heavy-thread.ts'

// A thread's own program: does the one thing that it was started for.
const { name, input } = workerData as HeavyAsked
const work = heavyWork[name] as (asked: typeof input) => Promise<unknown>
void work(input).then((answer) => parentPort?.postMessage(answer))
