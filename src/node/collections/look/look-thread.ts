import type { FileLook, FolderLooks } from '../../../core/collections/look.ts'
import { createPacer } from '../../../core/text/pacer.ts'
import { createAskedThread, type Numbered } from '../../threads/asked-thread.ts'
import { lookAtFiles, stampsAt } from './look-work.ts'

type Asked = { places: readonly string[] } | { root: string; paths: readonly string[]; glance: boolean }
export type LookAsked = Numbered<Asked>

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

/** How often a lot is given to a thread: one may end in mid-work by what another lot does to it. */
const tries = 2

/** Looks at files in a thread of its own (`script` is the built `look-worker.ts`), which waits for the disk and reads
 *  YAML while everyone else goes on. A lot that its thread ended with goes to another one; where no thread can be had, it
 *  is done here, in pieces. */
export function createLookThread(script: string): ManyLooks {
  const askThread = createAskedThread(script, { idle })
  let doneHere: Promise<unknown> = Promise.resolve()
  async function ask(asked: Asked): Promise<unknown> {
    for (let time = 0; time < tries; time += 1) {
      const found = await askThread(asked).catch(() => undefined)
      if (found !== undefined) return found
    }
    // One after another: the pieces of several lots would be one long piece.
    const found = doneHere.then(() => lookInPieces(asked))
    doneHere = found.catch(() => undefined)
    return found
  }
  return {
    stamps: async (places) => (await ask({ places })) as string[],
    look: async (root, paths, glance) => (await ask({ root, paths, glance })) as FileLook[],
  }
}

async function lookInPieces(asked: Asked): Promise<unknown[]> {
  const pacer = createPacer({ now: () => performance.now() }, (_milliseconds, then) => setImmediate(then))
  const found: unknown[] = []
  for (const one of 'places' in asked ? asked.places : asked.paths) {
    found.push(...lookNow('places' in asked ? { places: [one] } : { ...asked, paths: [one] }))
    if (pacer.isDue()) await pacer.turn()
  }
  return found
}
