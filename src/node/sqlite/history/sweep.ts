import type { Database } from '../database.ts'
import { emptyLog } from '../empty-log.ts'
import { giveBackSome } from '../give-back.ts'
import { readRow } from '../stores/rows/row.ts'
import { inSteps, stepTime } from './in-steps.ts'

/** Parts of one statement: 1 MiB of a body. */
const partsAtOnce = 4

/** Takes away the parts that are unwanted, a few milliseconds at a time. Their keys are gone already: their bytes need
 *  not be overwritten. */
export function createSweep(history: Database) {
  const next = history.prepare('SELECT exchange_id, from_part FROM unwanted LIMIT 1')
  const removeParts = history.prepare(`
    DELETE FROM parts WHERE rowid IN (
      SELECT rowid FROM parts WHERE exchange_id = ? AND part >= ? LIMIT ${partsAtOnce}
    )`)
  const done = history.prepare('DELETE FROM unwanted WHERE exchange_id = ?')
  let held = 0
  let shrinking = false

  const remove = history.transaction((until: number): boolean => {
    do {
      const row = next.get()
      if (row === undefined) return false
      const read = readRow(history, row)
      const id = read.text('exchange_id')
      if (removeParts.run(id, read.number('from_part')).changes < partsAtOnce) done.run(id)
    } while (performance.now() < until)
    return true
  })
  function shrink(): boolean {
    if (!shrinking || giveBackSome(history)) return shrinking
    shrinking = false
    emptyLog(history)
    return false
  }

  const sweeping = inSteps(history, () => {
    if (held > 0) return false
    history.pragma('secure_delete = FAST')
    try {
      return remove.immediate(performance.now() + stepTime) || shrink()
    } finally {
      history.pragma('secure_delete = ON')
    }
  })
  return {
    run: sweeping.run,
    /** As `run`; the file is made smaller then, too. */
    shrink(): Promise<void> {
      shrinking = true
      return sweeping.run()
    },
    /** Sweeps nothing until it is let go. */
    hold: (): void => void (held += 1),
    letGo: (): void => {
      held -= 1
      void sweeping.run()
    },
  }
}

export type Sweep = ReturnType<typeof createSweep>
