import { existsSync } from 'node:fs'
import { hostname } from 'node:os'
import { ok, type Failure, type Result } from '@contract/result'
import type { Database } from '../database.ts'
import { storageFailure, storageFailures } from '../failure.ts'
import { closeDatabase } from '../generation.ts'
import type { HeavyWork } from '../heavy-thread.ts'
import { keepBeforeUpdate, looksOlder } from './keep-before-update.ts'
import { migrations } from '../migrations/index.ts'
import { findingOf, noteFinding, openDatabase } from '../open.ts'
import { onceFree } from './once-free.ts'
import { finishRestore, restoring } from '../restore.ts'
import { leaveForeignLog } from './synced.ts'

const newest = migrations.at(-1)?.version ?? 0

/** Opens the database as `openDatabase` does. What reads or writes all of it first, the end of a restore and an update of
 *  the format with the copy that is kept before, is done by `heavy`: nothing else has the database open until then.
 *  `disk_full`, where there is no room for the copy, and whatever else stops it leave the database as it was. */
export async function openUpdated(file: string, heavy: Pick<HeavyWork, 'update'>): Promise<Result<Database>> {
  const updated = isToDo(file) ? await onceFree(() => heavy.update({ file })) : ok(null)
  if (!updated.ok) return updated
  const opened = await onceFree(() => openDatabase(file))
  if (opened.ok && updated.value) noteFinding(opened.value, updated.value)
  return opened
}

/** As `HeavyWork.update`. `computer`: this one's name. */
export async function updateDatabase(file: string, computer = hostname()): Promise<Result<Failure | null>> {
  let leftLog: string | undefined
  try {
    finishRestore(file, newest, Date.now())
    // The copy that is kept would hold it too.
    leftLog = leaveForeignLog(file, computer, Date.now())
    await keepBeforeUpdate(file, newest)
  } catch (error) {
    return { ok: false, error: storageFailure(error, file) }
  }
  const opened = openDatabase(file, { computer })
  if (!opened.ok) return opened
  const found = leftLog === undefined ? findingOf(opened.value) : storageFailures.foreignLog(file, leftLog)
  closeDatabase(opened.value)
  return ok(found ?? null)
}

function isToDo(file: string): boolean {
  try {
    return existsSync(restoring(file)) || looksOlder(file, newest)
  } catch {
    // Why it can't be read, opening it tells.
    return false
  }
}
