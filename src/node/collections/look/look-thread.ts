import type { FileLook, FolderLooks } from '../../../core/collections/look.ts'
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

/** Looks at files in a thread of its own (`script` is the built `look-worker.ts`), which waits for the disk and reads
 *  YAML while everyone else goes on. Where no thread can be had, it is done here. */
export function createLookThread(script: string): ManyLooks {
  const askThread = createAskedThread(script, { idle })
  async function ask(asked: Asked): Promise<unknown> {
    return (await askThread(asked).catch(() => undefined)) ?? lookNow(asked)
  }
  return {
    stamps: async (places) => (await ask({ places })) as string[],
    look: async (root, paths, glance) => (await ask({ root, paths, glance })) as FileLook[],
  }
}
