import { Worker } from 'node:worker_threads'
import type { FileLook, FolderLooks } from '../../../core/collections/look.ts'
import { lookAtFiles, stampsAt } from './look-work.ts'

type Asked = { places: readonly string[] } | { root: string; paths: readonly string[]; glance: boolean }
export type LookAsked = { number: number } & Asked

/** Looks at many files at once: for collections of thousands. */
export interface ManyLooks extends FolderLooks {
  /** See `stampsAt`. */
  stamps(places: readonly string[]): Promise<string[]>
}

/** Milliseconds after which a thread that no one asks anything ends. */
const idle = 20_000

/** Does what is asked for, here and now. */
export function lookNow(asked: Asked): string[] | FileLook[] {
  return 'places' in asked ? stampsAt(asked.places) : lookAtFiles(asked.root, asked.paths, asked.glance)
}

/** Looks at files in a thread of its own (`script` is the built `look-worker.ts`), which waits for the disk and reads
 *  YAML while everyone else goes on. Where no thread can be had, it is done here. */
export function createLookThread(script: string): ManyLooks {
  const waiting = new Map<number, { done: (found: unknown) => void; failed: (error: Error) => void }>()
  let thread: Worker | undefined
  let number = 0
  let leaving: NodeJS.Timeout | undefined

  function end(ended: Worker): void {
    if (thread !== ended) return
    thread = undefined
    void ended.terminate()
    const all = [...waiting.values()]
    waiting.clear()
    for (const { failed } of all) failed(new Error('The thread that looks at files has ended.'))
  }
  function start(): Worker {
    const started = new Worker(script)
    started.unref()
    started.on('message', (answer: { number: number; found: unknown }) => {
      const one = waiting.get(answer.number)
      waiting.delete(answer.number)
      one?.done(answer.found)
      if (waiting.size > 0) return
      leaving = setTimeout(() => end(started), idle)
      leaving.unref()
    })
    started.on('error', () => end(started))
    started.on('exit', () => end(started))
    return started
  }
  function askOnce(asked: Asked): Promise<unknown> {
    return new Promise((done, failed) => {
      clearTimeout(leaving)
      const asking = (thread ??= start())
      number += 1
      waiting.set(number, { done, failed })
      asking.postMessage({ number, ...asked } satisfies LookAsked)
    })
  }
  function ask(asked: Asked): Promise<unknown> {
    return askOnce(asked).catch(() => lookNow(asked))
  }
  return {
    stamps: async (places) => (await ask({ places })) as string[],
    look: async (root, paths, glance) => (await ask({ root, paths, glance })) as FileLook[],
  }
}
