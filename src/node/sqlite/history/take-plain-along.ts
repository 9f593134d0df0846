import { setImmediate as nextTurn } from 'node:timers/promises'
import { defined } from '@contract/defined'
import { exchangeDocument, withoutFirstText } from '../../../core/records/documents/exchange.ts'
import type { ExchangeRecord } from '../../../core/records/model.ts'
import type { Database } from '../database.ts'
import { emptyLog } from '../empty-log.ts'
import { giveBackFreePages } from '../give-back.ts'
import { readRow } from '../stores/row.ts'
import { inBin } from './holds-history.ts'
import { stepTime } from './in-steps.ts'
import { storedSize } from './parts.ts'

interface Target {
  isOpen: () => boolean
  has: (id: string) => boolean
  fits: (size: number) => boolean
  /** Whether all of that time was deleted meanwhile, and the entry of the bin that it belongs to. */
  deletedIn: (at: number) => { binId: string | undefined } | undefined
  add: (record: ExchangeRecord, body: Uint8Array | undefined, binId?: string) => void
  /** Waits until the bodies are on the disk. */
  settle: () => Promise<void>
}

/** Pieces that are deleted in one statement: 1 MiB, which is overwritten. */
const piecesAtOnce = 4

/** Seals what earlier versions stored of a user's history in plain, newest first, in steps between which the window
 *  goes on, and overwrites the plain rows. What has no room goes, as the oldest always do. Answers whether there was
 *  any. Cut short, it goes on at the next unlock. */
export async function takePlainAlong(db: Database, userId: string, target: Target): Promise<boolean> {
  const newest = db.prepare('SELECT * FROM exchanges WHERE user_id = ? ORDER BY at DESC, id DESC LIMIT 1')
  const pieces = db
    .prepare('SELECT bytes FROM exchange_body_pieces WHERE exchange_id = ? ORDER BY piece')
    .pluck()
  const removePieces = db.prepare(`
    DELETE FROM exchange_body_pieces WHERE rowid IN (
      SELECT rowid FROM exchange_body_pieces WHERE exchange_id = ? LIMIT ${piecesAtOnce}
    )`)
  const remove = db.prepare('DELETE FROM exchanges WHERE id = ?')

  const inBinOf = db.prepare(`SELECT id FROM bin WHERE user_id = ? AND ${inBin} LIMIT 1`).pluck()
  const removeBinned = db.prepare(`
    DELETE FROM bin_bytes WHERE rowid IN (SELECT rowid FROM bin_bytes WHERE bin_id = ? LIMIT ${piecesAtOnce})`)
  const removeEntry = db.prepare('DELETE FROM bin WHERE id = ?')

  let found = false
  let until = performance.now() + stepTime
  async function pause(): Promise<void> {
    if (performance.now() < until) return
    await nextTurn()
    until = performance.now() + stepTime
  }

  // Closed while it waited, the database has no statement to run.
  const isOpen = (): boolean => db.open && target.isOpen()
  for (;;) {
    if (!isOpen()) return found
    const row = newest.get(userId)
    if (row === undefined) break
    found = true
    const { record, bodySize } = toRecord(db, row)
    const size = storedSize(new TextEncoder().encode(record.view).byteLength, bodySize ?? 0)
    const deleted = target.deletedIn(record.at)
    if (!target.has(record.id) && (deleted ? deleted.binId !== undefined : target.fits(size))) {
      const body = bodySize === undefined ? undefined : joined(pieces.all(record.id))
      target.add(record, body, deleted?.binId)
      if (bodySize !== undefined) await target.settle()
    }
    while (isOpen() && removePieces.run(record.id).changes === piecesAtOnce) await pause()
    if (isOpen()) remove.run(record.id)
    await pause()
  }
  // Deleted before, and kept for longer then.
  for (;;) {
    if (!isOpen()) return found
    const binId = inBinOf.get(userId)
    if (binId === undefined) break
    found = true
    while (isOpen() && removeBinned.run(binId).changes === piecesAtOnce) await pause()
    if (isOpen()) removeEntry.run(binId)
    await pause()
  }
  if (!found) return false
  await giveBackFreePages(db)
  if (isOpen()) emptyLog(db)
  return true
}

function toRecord(db: Database, row: unknown): { record: ExchangeRecord; bodySize: number | undefined } {
  const read = readRow(db, row)
  const bodySize = read.optionalNumber('body_size')
  const view = read.text('view')
  const parsed = bodySize === undefined ? undefined : exchangeDocument.read(view)
  return {
    bodySize,
    record: {
      id: read.text('id'),
      userId: read.text('user_id'),
      at: read.number('at'),
      method: read.text('method'),
      url: read.text('url'),
      ...defined({
        requestId: read.optionalText('request_id'),
        accountId: read.optionalText('account_id'),
        accountName: read.optionalText('account_name'),
        tokenExpiresAt: read.optionalNumber('token_expires_at'),
        status: read.optionalNumber('status'),
        duration: read.optionalNumber('duration'),
        errorCode: read.optionalText('error_code'),
      }),
      view: parsed?.ok === true ? exchangeDocument.write(withoutFirstText(parsed.value)) : view,
    },
  }
}

function joined(pieces: unknown[]): Uint8Array {
  return Buffer.concat(pieces.filter((each) => each instanceof Uint8Array))
}
