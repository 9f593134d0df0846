import { setImmediate as nextTurn } from 'node:timers/promises'
import { defined } from '@contract/defined'
import { exchangeDocument, withoutFirstText } from '../../../core/records/documents/exchange.ts'
import type { ExchangeRecord } from '../../../core/records/model.ts'
import type { Database } from '../database.ts'
import { emptyLog } from '../empty-log.ts'
import { giveBackFreePages } from '../give-back.ts'
import { readRow } from '../stores/rows/row.ts'
import { onDisk, unhurried } from '../unhurried.ts'
import { inBin } from './holds-history.ts'
import { stepTime } from './in-steps.ts'
import { storedSize, type Body } from './parts.ts'

interface Target {
  isOpen: () => boolean
  has: (id: string) => boolean
  fits: (size: number) => boolean
  /** Whether all of that time was deleted meanwhile, and the entry of the bin that it belongs to. */
  deletedIn: (at: number) => { binId: string | undefined } | undefined
  add: (record: ExchangeRecord, body: Body | undefined, binId?: string) => void
  /** Whether a body of this size is written after its exchange, in steps. */
  isLarge: (bodySize: number) => boolean
  /** Does it in one transaction, which need not be on the disk yet. */
  together: (work: () => void) => void
  /** Waits until all that was added is on the disk. */
  settle: () => Promise<void>
}

/** Bytes that are sealed, or overwritten, in one turn, and the pieces that hold as many. */
const bytesAtOnce = 512 * 1024
const piecesAtOnce = 2

/** Seals what earlier versions stored of a user's history in plain, newest first, in steps between which the window
 *  goes on, and overwrites the plain rows. What has no room goes, as the oldest always do. Returns whether there was
 *  any. Cut short, it goes on at the next unlock. */
export async function takePlainAlong(db: Database, userId: string, target: Target): Promise<boolean> {
  const newestBefore = db.prepare(`
    SELECT * FROM exchanges WHERE user_id = ? AND (at, id) < (?, ?) ORDER BY at DESC, id DESC LIMIT 1`)
  const bodyOf = createPlainBodies(db)
  const removePieces = db.prepare(`
    DELETE FROM exchange_body_pieces WHERE rowid IN (
      SELECT rowid FROM exchange_body_pieces WHERE exchange_id = ? LIMIT ${piecesAtOnce}
    )`)
  const remove = db.prepare('DELETE FROM exchanges WHERE id = ?')

  const inBinOf = db.prepare(`SELECT id FROM bin WHERE user_id = ? AND ${inBin} LIMIT 1`).pluck()
  const removeBinned = db.prepare(`
    DELETE FROM bin_bytes WHERE rowid IN (SELECT rowid FROM bin_bytes WHERE bin_id = ? LIMIT ${piecesAtOnce})`)
  const removeEntry = db.prepare('DELETE FROM bin WHERE id = ?')

  // Closed while it waited, the database has no statement to run.
  const isOpen = (): boolean => db.open && target.isOpen()

  /** The newest rows that make one turn's work; the last of them may have a large body, which is written in turns of its
   *  own. */
  function nextRows(): Plain[] {
    const rows: Plain[] = []
    let [at, id] = [Number.MAX_SAFE_INTEGER, '']
    const until = performance.now() + stepTime
    for (let bytes = 0; bytes < bytesAtOnce && performance.now() < until;) {
      const row = newestBefore.get(userId, at, id)
      if (row === undefined) break
      const plain = toPlain(db, row)
      ;({ at, id } = plain.record)
      rows.push(plain)
      if (plain.bodySize !== undefined && target.isLarge(plain.bodySize)) break
      bytes += plain.size
    }
    return rows
  }
  function take({ record, bodySize, size }: Plain): void {
    const deleted = target.deletedIn(record.at)
    if (target.has(record.id) || !(deleted ? deleted.binId !== undefined : target.fits(size))) return
    target.add(record, bodySize === undefined ? undefined : bodyOf(record.id), deleted?.binId)
  }
  /** Removes some of it; `false` where nothing is left. */
  function removeSome(rows: Plain[]): boolean {
    let pieces = 0
    for (let row = rows[0]; row !== undefined; row = rows[0]) {
      pieces += removePieces.run(row.record.id).changes
      if (pieces >= piecesAtOnce) return true
      remove.run(row.record.id)
      rows.shift()
    }
    return false
  }

  let found = false
  for (;;) {
    if (!isOpen()) return found
    const rows = nextRows()
    if (rows.length === 0) break
    found = true
    const large = rows.filter(({ bodySize }) => bodySize !== undefined && target.isLarge(bodySize))
    target.together(() => {
      for (const row of rows) if (!large.includes(row)) take(row)
    })
    for (const row of large) {
      await nextTurn()
      if (isOpen()) take(row)
    }
    await target.settle()
    do await onDisk(db)
    while (isOpen() && unhurried(db, () => removeSome(rows)))
  }
  // Deleted before, and kept for longer then.
  for (;;) {
    if (!isOpen()) return found
    const binId = inBinOf.get(userId)
    if (binId === undefined) break
    found = true
    while (isOpen() && unhurried(db, () => removeBinned.run(binId).changes === piecesAtOnce)) await onDisk(db)
    if (isOpen()) removeEntry.run(binId)
    await onDisk(db)
  }
  if (!found) return false
  await giveBackFreePages(db)
  if (isOpen()) emptyLog(db)
  return true
}

interface Plain {
  record: ExchangeRecord
  bodySize: number | undefined
  /** Bytes that it takes in the file of the history. */
  size: number
}

function toPlain(db: Database, row: unknown): Plain {
  const read = readRow(db, row)
  const bodySize = read.optionalNumber('body_size')
  const view = read.text('view')
  const parsed = bodySize === undefined ? undefined : exchangeDocument.read(view)
  const plain = parsed?.ok === true ? exchangeDocument.write(withoutFirstText(parsed.value)) : view
  return {
    bodySize,
    size: storedSize(new TextEncoder().encode(plain).byteLength, bodySize ?? 0),
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
      view: plain,
    },
  }
}

/** Bodies as they lie in plain, read range by range: a large one never is in memory as a whole. */
function createPlainBodies(db: Database) {
  const lengths = db.prepare(`
    SELECT piece, length(bytes) AS length FROM exchange_body_pieces WHERE exchange_id = ? ORDER BY piece`)
  const one = db.prepare('SELECT bytes FROM exchange_body_pieces WHERE exchange_id = ? AND piece = ?').pluck()
  return (exchangeId: string): Body => {
    let byteLength = 0
    const pieces = (lengths.all(exchangeId) as { piece: number; length: number }[]).map(
      ({ piece, length }) => {
        const from = byteLength
        byteLength += length
        return { piece, from, to: byteLength }
      },
    )
    return {
      byteLength,
      subarray(start, end) {
        const touched = pieces.filter(({ from, to }) => from < end && to > start)
        const bytes = touched.map(({ piece, from }) => {
          const read: unknown = one.get(exchangeId, piece)
          // Its user was deleted meanwhile.
          if (!(read instanceof Uint8Array)) throw new Error('a piece of a body is gone')
          return read.subarray(Math.max(0, start - from), end - from)
        })
        return bytes.length === 1 && bytes[0] ? bytes[0] : Buffer.concat(bytes)
      },
    }
  }
}
