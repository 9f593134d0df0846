import type { Database } from '../database.ts'

/** Milliseconds that one step of work in the background may take, more or less. */
export const stepTime = 10

/** Does a long work a step a turn, so that whoever calls meanwhile is answered in between: until a step answers
 *  `false`, the database is closed or its disk fails. What is left then is begun anew at the next start. */
export function inSteps(db: Database, step: () => boolean | Promise<boolean>): { run: () => Promise<void> } {
  let running: Promise<void> | undefined
  async function all(): Promise<void> {
    try {
      do await new Promise((done) => setImmediate(done))
      while (db.open && (await step()))
    } catch {
      // A full or failing disk tells of itself where something is written.
    } finally {
      running = undefined
    }
  }
  return { run: () => (running ??= all()) }
}
