import { fail, ok, type Failure, type Result } from '@contract/result'
import { failureIn } from '../../text/expected-failure.ts'
import type { SecretBox } from '../box/secret-box.ts'
import type { ImportSteps } from './import-steps.ts'
import { readExport } from './read-export.ts'
import type { SecretFile } from './secret-file.ts'
import { importRows, rowsIn, type ImportCounts, type ImportStores } from './write-import.ts'

/** What an import needs. */
export interface ImportParts extends ImportStores {
  file: SecretFile
  writes: ImportWrites
}

/** How an import writes: piece by piece, with no one waiting for the disk but itself. */
export interface ImportWrites {
  /** Does a piece in one transaction, which need not be on the disk yet. */
  atomically<T>(work: () => T): T
  /** Waits until it is. */
  onDisk(): Promise<void>
  /** After the last piece: nothing of it stays where one wrong bit could take it away. */
  settle(): void
}

/** Brings an export into a user's vault. The whole file is checked before anything is written, and then written in
 *  pieces, each in one transaction, so that no one waits for thousands of rows; a row comes with all that it needs.
 *  Nothing is sent. Where it ends early, what came in stays, and the failure says how much: the same file again brings
 *  the rest. Codes: `vault_locked`, `import_stopped`, `import_unfinished`, those of `readExport`; and, with nothing
 *  brought in, what the disk says (`disk_full`, …). */
export async function importVault(
  userId: string,
  box: SecretBox & { isLocked(): boolean },
  parts: ImportParts,
  { bytes, password }: { bytes: Uint8Array; password: string },
  steps: ImportSteps,
): Promise<Result<ImportCounts>> {
  const read = await readExport(bytes, password, parts.file, steps)
  if (!read.ok) return read
  if (box.isLocked()) return fail('vault_locked', 'The vault is locked.', 'Unlock Gatehouse, then try again.')
  const { pacer } = steps
  const rows = importRows(userId, box, parts, read.value)
  const total = rowsIn(read.value)
  /** What is written, and what of it is on the disk. */
  let written: ImportCounts = { environments: 0, connections: 0, accounts: 0, requests: 0 }
  let brought = written
  let done = 0
  /** Rows up to the end of the piece; what they were counts when they are on the disk. */
  function writePiece(): { counts: ImportCounts; ended: boolean } {
    const counts = { ...written }
    do {
      const row = rows.next()
      if (row.done) return { counts, ended: true }
      done += 1
      if (row.value !== 'nothing') counts[row.value] += 1
    } while (!pacer.isDue())
    return { counts, ended: false }
  }
  async function keep(): Promise<void> {
    await parts.writes.onDisk()
    brought = written
  }
  /** What was written is kept, however it ended. Answers whether it was not stopped. */
  async function writeAndKeep(): Promise<boolean> {
    try {
      return await writeAll()
    } finally {
      await keep()
    }
  }
  async function writeAll(): Promise<boolean> {
    for (let pieces = 1; ; pieces += 1) {
      steps.progress({ stage: 'writing', done, total })
      await pacer.turn()
      if (steps.stopped()) return false
      const piece = parts.writes.atomically(writePiece)
      written = piece.counts
      if (piece.ended) return true
      if (pieces % piecesAtOnce === 0) await keep()
    }
  }
  try {
    const isWhole = await writeAndKeep()
    return isWhole ? ok(brought) : { ok: false, error: unfinished(stopped, brought) }
  } catch (error) {
    const failure = failureIn(error)
    if (failure === undefined) throw error
    return { ok: false, error: unfinished(failure, brought) }
  } finally {
    parts.writes.settle()
  }
}

/** Pieces after which the disk is waited for. */
const piecesAtOnce = 8

const stopped: Failure = {
  code: 'import_stopped',
  message: 'The import was stopped before anything was imported.',
}

/** The failure, with what came in before it. */
function unfinished(failure: Failure, counts: ImportCounts): Failure {
  const { connections, accounts, requests } = counts
  if (Object.values(counts).every((count: number) => count === 0)) return failure
  const why = failure === stopped ? 'The import was stopped.' : failure.message
  return {
    code: 'import_unfinished',
    message: `${why} Connections, accounts and requests already imported are kept: ${connections}, ${accounts} and ${requests}.`,
    next: `${failure.next === undefined ? '' : `${failure.next} `}Import the same file again to import the rest.`,
  }
}
