import { usualHistory } from '@contract/words'
import type { BinStore } from '../../../core/records/bin-store.ts'
import type { ExchangeRecord } from '../../../core/records/model.ts'
import type { Clock, ExchangeEntry, ExchangeStore } from '../../../core/records/ports.ts'
import type { HistoryKeys } from '../../../core/vault/box/history-keys.ts'
import type { VaultCrypto } from '../../../core/vault/box/vault-crypto.ts'
import type { Database } from '../database.ts'
import { emptyLog } from '../empty-log.ts'
import { explained } from '../explained.ts'
import { createBodyWriter } from '../history/body-writer.ts'
import { createHeads } from '../history/heads.ts'
import { createHistoryBin } from '../history/history-bin.ts'
import { createLeftovers } from '../history/leftovers.ts'
import { createListing } from '../history/listing.ts'
import { createMoves } from '../history/moves.ts'
import { createOpened } from '../history/opened.ts'
import { createParts, pieceSize, storedSize, type Body, type Owner } from '../history/parts.ts'
import { createRows, type HistoryLimits } from '../history/rows.ts'
import { inSteps } from '../history/in-steps.ts'
import { createFinder } from '../history/search/finder.ts'
import { termsOf } from '../history/search/document.ts'
import { createSearchIndex } from '../history/search/search-index.ts'
import { createSweep } from '../history/sweep.ts'
import { takePlainAlong } from '../history/take-plain-along.ts'
import { createSoonLasting, onDisk, unhurried } from '../unhurried.ts'
import { orNull, readRow } from './rows/row.ts'

interface History {
  /** The file of the history. */
  db: Database
  keys: HistoryKeys
  crypto: VaultCrypto
  clock: Clock
}

/** What the settings say where nothing was chosen. */
const usualLimits = { exchanges: usualHistory.exchanges, bytes: usualHistory.megabytes * 1_000_000 }
/** New exchanges after which the oldest are looked at again. */
const trimmedEvery = 1_000

/** Bytes of a body up to which it is written with its exchange; a larger one follows in steps. */
const atOnce = 4 * pieceSize
function isLarge(bodySize: number): boolean {
  return bodySize > atOnce
}
/** One that lies elsewhere may not be whole there yet, however small it is. */
function comesLater({ whole, byteLength }: Body): boolean {
  return whole !== undefined || isLarge(byteLength)
}

/** Requests whose last status is told: those that came last. */
const mostStatuses = 2_000

/** History in a SQLite file of its own, sealed, and what of it was deleted. `db` is the database: it knows the saved
 *  requests, and what earlier versions stored in plain. */
export function createExchangeStore(
  db: Database,
  { db: history, keys, crypto, clock }: History,
  limits: HistoryLimits = usualLimits,
): { exchanges: ExchangeStore; bin: BinStore } {
  const parts = createParts(history, crypto)
  const heads = createHeads(history, keys, crypto)
  const sweep = createSweep(history)
  const insert = history.prepare(`
    INSERT INTO exchanges (id, user_id, key_id, request_id, at, status, body_size, stored, bin_id, head)
    VALUES (@id, @userId, @keyId, @requestId, @at, @status, @bodySize, @stored, @binId, @head)`)
  const isThere = history.prepare('SELECT 1 FROM exchanges WHERE id = ?')
  const setSize = history.prepare('UPDATE exchanges SET body_size = ? WHERE id = ?')
  const unwant = history.prepare('INSERT OR REPLACE INTO unwanted (exchange_id, from_part) VALUES (?, 1)')
  const want = history.prepare('DELETE FROM unwanted WHERE exchange_id = ?')
  const tie = history.prepare('UPDATE exchanges SET request_id = ? WHERE user_id = ? AND id = ?')
  const pin = history.prepare('UPDATE exchanges SET pinned = ? WHERE user_id = ? AND id = ?')
  const lastStatus = history.prepare(`
    SELECT status FROM exchanges WHERE user_id = ? AND request_id = ? AND bin_id IS NULL
    ORDER BY at DESC, id DESC LIMIT 1`)
  const requests = db
    .prepare(`SELECT id FROM collection_requests WHERE user_id = ? ORDER BY rowid DESC LIMIT ${mostStatuses}`)
    .pluck()
  const isRequest = db.prepare('SELECT 1 FROM collection_requests WHERE user_id = ? AND id = ?')

  const listing = createListing(
    history,
    (row) => heads.open(row).summary,
    (userId) => moves.hiddenUntil(userId),
  )
  const rows = createRows(history, clock, limits, {
    gone: (userId) => index.left(userId),
    dropped: (id) => {
      listing.changed(id)
      writer.drop(id)
    },
  })
  const moves = createMoves(history, {
    rows,
    changed: listing.forget,
    erased: (userId) => {
      swept()
      bin.throwKeysAway(userId)
    },
  })
  let entered: string | undefined
  const trimming = inSteps(history, () => {
    const userId = entered
    if (userId === undefined || !unhurried(history, () => rows.trimSome(userId))) return false
    void sweep.run()
    return true
  })
  const writer = createBodyWriter(history, parts, sweep, ({ id }, size) => {
    setSize.run(size, id)
    want.run(id)
  })
  /** After rows were dropped: their heads do not stay in the log. */
  function swept(): void {
    index.refresh()
    emptyLog(history)
    void sweep.shrink()
  }
  const { rowOf, openRow, openHead, bodyIn } = createOpened(history, {
    heads,
    parts,
    waiting: (id) => writer.body(id),
    hiddenUntil: moves.hiddenUntil,
  })
  const index = createSearchIndex(history, {
    keys,
    crypto,
    termsOf: (row) => {
      const opened = openRow(row)
      const view = parts.readView(opened.owner)
      const terms = termsOf(opened.summary, view, (length) => bodyIn(opened, 0, length)?.bytes)
      return { duration: opened.summary.duration, terms }
    },
  })
  const find = createFinder(listing, index)
  const bin = createHistoryBin(history, {
    keys,
    crypto,
    rows,
    moves,
    limit: limits.bytes,
    changed: listing.forget,
    swept,
  })
  const leftovers = createLeftovers(db, history, { keys, clock, rows, moves, swept })

  let added = 0
  const soonLasting = createSoonLasting(history)
  const write = history.transaction(
    (record: ExchangeRecord, body: Body | undefined, binId: string | undefined): Owner => {
      const { view, ...summary } = record
      const stored = storedSize(new TextEncoder().encode(view).byteLength, body?.byteLength ?? 0)
      const made = binId === undefined && rows.makeRoom(record.userId, stored)
      const owner = { userId: record.userId, id: record.id, key: parts.newKey() }
      const later = body !== undefined && comesLater(body)
      insert.run({
        ...summary,
        ...heads.seal({ summary, key: owner.key, bodySize: body?.byteLength }),
        stored,
        binId: orNull(binId),
        requestId: orNull(record.requestId),
        status: orNull(record.status),
        bodySize: later ? null : orNull(body?.byteLength),
      })
      parts.writeView(owner, view)
      if (later) unwant.run(record.id)
      else if (body !== undefined)
        for (let piece = 0; piece * pieceSize < body.byteLength; piece += 1)
          parts.writePiece(owner, piece, body.subarray(piece * pieceSize, (piece + 1) * pieceSize))
      if (made) void sweep.run()
      return owner
    },
  )

  /** What is not taken is told at once; the way to the disk itself no one waits for. */
  function addAll(entries: readonly ExchangeEntry[], binId?: string): void {
    let owners: Owner[]
    try {
      owners = soonLasting(() => entries.map(({ record, body }) => write(record, body, binId)))
    } catch (error) {
      listing.forget()
      throw error
    }
    for (const [at, owner] of owners.entries()) {
      const body = entries[at]?.body
      index.added(owner.userId)
      added += 1
      if (added % trimmedEvery === 0) void trimming.run()
      if (body !== undefined && comesLater(body)) writer.write(owner, body)
      else body?.done?.()
    }
  }
  function add(record: ExchangeRecord, body: Body | undefined, binId?: string): void {
    try {
      addAll([{ record, body }], binId)
    } catch (error) {
      body?.done?.()
      throw error
    }
  }

  /** Someone may lock and unlock meanwhile. */
  const taking = new Map<string, Promise<boolean>>()

  const exchanges: ExchangeStore = {
    add: (record, body) => add(record, body),
    addAll: (entries) => addAll(entries),
    get: (userId, id) => {
      const found = openHead(userId, id)
      return found && { ...found.summary, view: parts.readView(found.owner) }
    },
    summary: (userId, id) => {
      const row = rowOf(userId, id)
      return row === undefined ? undefined : heads.open(row).summary
    },
    page: listing.page,
    searchable: (userId) => index.ready(userId, 300),
    find,
    body: (userId, id, offset, length) => {
      const found = openHead(userId, id)
      return found && bodyIn(found, offset, length)
    },
    tie: (userId, id, requestId) => {
      const row = rowOf(userId, id)
      const before = row === undefined ? undefined : readRow(history, row).optionalText('request_id')
      if (before !== undefined && isRequest.get(userId, before) !== undefined) return
      tie.run(requestId, userId, id)
      listing.changed(id)
    },
    pin: (userId, id, pinned) => {
      pin.run(pinned ? 1 : 0, userId, id)
      listing.changed(id)
    },
    lastStatuses: (userId) => {
      const statuses = new Map<string, number>()
      for (const requestId of requests.all(userId) as string[]) {
        const row = lastStatus.get(userId, requestId)
        const status = row === undefined ? undefined : readRow(history, row).optionalNumber('status')
        if (status !== undefined) statuses.set(requestId, status)
      }
      return statuses
    },
    limit: (wanted) => {
      rows.limit(wanted)
      void trimming.run()
    },
    held: rows.held,
    enter: async (userId) => {
      entered = userId
      if (leftovers.clear(userId)) listing.forget()
      void sweep.run()
      // Ready before anyone sends, lists or searches.
      keys.current(userId)
      index.runSoon(userId)
      void moves.run()
      void trimming.run()
      const running = taking.get(userId)
      if (running) return running
      const work = takePlainAlong(db, userId, {
        isOpen: () => history.open,
        has: (id) => isThere.get(id) !== undefined,
        deletedIn: (at) => leftovers.deletedIn(userId, at),
        fits: (size) => rows.hasRoom(userId, size),
        add,
        isLarge,
        together: (work) => unhurried(history, work),
        settle: async () => {
          await writer.settle()
          await onDisk(history)
        },
      }).finally(() => taking.delete(userId))
      taking.set(userId, work)
      return work
    },
    removeUser: (userId) => {
      leftovers.removeUser(userId)
      listing.forget()
    },
    forget: async () => {
      entered = undefined
      await writer.settle()
      writer.finish()
      await index.settle()
      listing.forget()
      index.forget()
      keys.forget()
    },
  }
  return { exchanges: explained(history, exchanges), bin: explained(history, bin) }
}
