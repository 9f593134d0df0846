import { defined } from '@contract/defined'
import { binKindTable } from '@contract/tables/bin-kinds'
import { keyIn } from '@contract/tables/keys-of'
import type { BinRecord, BinStore } from '../../../core/records/bin-store.ts'
import { parseJson } from '../../../core/text/parse-json.ts'
import { openPart, sealPart, type HistoryKeys } from '../../../core/vault/box/history-keys.ts'
import type { VaultCrypto } from '../../../core/vault/box/vault-crypto.ts'
import type { Database } from '../database.ts'
import { readRow } from '../stores/rows/row.ts'
import { movedAtOnce, type Moves } from './moves.ts'
import type { Rows } from './rows.ts'

interface Parts {
  keys: HistoryKeys
  crypto: VaultCrypto
  rows: Rows
  moves: Moves
  /** Bytes that deleted exchanges of a user take at most; the oldest entries go first. */
  limit: number
  /** Lists are read again. */
  changed: () => void
  /** Rows were dropped: what they leave is swept. */
  swept: () => void
}

/** Deleted exchanges: they stay sealed where they are, and out of every list, until they are restored or erased. */
export function createHistoryBin(
  history: Database,
  parts: Parts,
): BinStore & { throwKeysAway: (userId: string) => void } {
  const { keys, crypto, rows, moves, limit, changed, swept } = parts
  const insert = history.prepare(`
    INSERT INTO bin (id, user_id, key_id, kind, deleted_at, words) VALUES (?, ?, ?, ?, ?, ?)`)
  const all = history.prepare('SELECT * FROM bin WHERE user_id = ? ORDER BY deleted_at DESC, rowid DESC')
  const one = history.prepare('SELECT id FROM bin WHERE user_id = ? AND id = ?').pluck()
  const older = history
    .prepare('SELECT id FROM bin WHERE user_id = ? AND deleted_at < ? ORDER BY deleted_at, rowid')
    .pluck()
  const remove = history.prepare('DELETE FROM bin WHERE id = ?')
  const put = history.prepare(
    'UPDATE exchanges SET bin_id = ? WHERE user_id = ? AND id = ? AND bin_id IS NULL',
  )
  const putAll = history.prepare('UPDATE exchanges SET bin_id = ? WHERE user_id = ? AND bin_id IS NULL')
  const putBack = history.prepare('UPDATE exchanges SET bin_id = NULL WHERE bin_id = ?')
  const lastOf = history
    .prepare('SELECT coalesce(max(number), 0) FROM exchanges WHERE user_id = ? AND bin_id IS NULL')
    .pluck()
  const countWithin = history.prepare('SELECT coalesce(sum(rows), 0) FROM held WHERE bin_id = ?').pluck()
  const within = history.prepare('SELECT number, id, stored FROM exchanges WHERE bin_id = ?')
  const bytesWithin = history
    .prepare(
      'SELECT coalesce(sum(bytes), 0) FROM held WHERE bin_id IN (SELECT id FROM bin WHERE user_id = ?)',
    )
    .pluck()
  const noteCleared = history.prepare('INSERT OR REPLACE INTO cleared (user_id, at) VALUES (?, ?)')
  const keysInUse = history
    .prepare(
      `SELECT key_id FROM held WHERE user_id = @userId AND bin_id NOT IN (SELECT id FROM moves WHERE kind = 'erase')
       UNION SELECT key_id FROM bin WHERE user_id = @userId`,
    )
    .pluck()
  const place = (userId: string, id: string, keyId: string): string[] => ['bin', userId, id, keyId]

  function toRecord(row: unknown): BinRecord[] {
    const read = readRow(history, row)
    const kind = keyIn(binKindTable, read.text('kind'))
    if (kind === undefined) return []
    const [userId, id, keyId] = [read.text('user_id'), read.text('id'), read.text('key_id')]
    const key = keys.find(userId, keyId)
    const plain = key && openPart(crypto, key.bytes, place(userId, id, keyId), read.bytes('words'))
    const words = (plain && parseJson(new TextDecoder().decode(plain))?.value) as
      | Partial<Record<string, unknown>>
      | undefined
    const [name, detail] = [words?.['name'], words?.['detail']]
    return [
      {
        id,
        userId,
        kind,
        name: typeof name === 'string' ? name : binKindTable[kind].name,
        ...defined({ detail: typeof detail === 'string' ? detail : undefined }),
        deletedAt: read.number('deleted_at'),
      },
    ]
  }

  function dropEntry(userId: string, id: string): void {
    const until = moves.untilOf(id) ?? 0
    if (until > 0 || (countWithin.get(id) as number) > movedAtOnce) moves.note('erase', userId, id, until)
    else rows.drop(userId, within.all(id))
    remove.run(id)
  }
  /** What is restored or erased takes its room: never the entry that was just made. */
  function keepToLimit(userId: string): boolean {
    const entries = all.all(userId).map((row) => readRow(history, row).text('id'))
    let dropped = false
    while (entries.length > 1 && (bytesWithin.get(userId) as number) > limit) {
      dropEntry(userId, entries.pop() ?? '')
      dropped = true
    }
    return dropped
  }
  /** Many follow in the background; they are in no list from now on. */
  function moveAll(userId: string, id: string): number {
    const { exchanges } = rows.held(userId)
    if (exchanges <= movedAtOnce) return putAll.run(id, userId).changes
    const until = lastOf.get(userId) as number
    if (until <= moves.hiddenUntil(userId)) return 0
    moves.note('in', userId, id, until)
    return exchanges
  }
  const discard = history.transaction((record: BinRecord, ids: readonly string[] | undefined) => {
    const { id, userId, kind, name, detail, deletedAt } = record
    const moved = ids
      ? ids.reduce((sum, each) => sum + put.run(id, userId, each).changes, 0)
      : moveAll(userId, id)
    if (ids === undefined) noteCleared.run(userId, deletedAt)
    if (moved === 0) return { moved, dropped: false }
    const key = keys.current(userId)
    const words = new TextEncoder().encode(JSON.stringify({ name, detail }))
    insert.run(
      id,
      userId,
      key.id,
      kind,
      deletedAt,
      sealPart(crypto, key.bytes, place(userId, id, key.id), words),
    )
    return { moved, dropped: keepToLimit(userId) }
  })
  const restore = history.transaction((userId: string, id: string): boolean => {
    if (one.get(userId, id) === undefined) return false
    if (moves.untilOf(id) !== undefined || (countWithin.get(id) as number) > movedAtOnce)
      moves.note('back', userId, id)
    else putBack.run(id)
    remove.run(id)
    return rows.trim(userId)
  })
  const erase = history.transaction((userId: string, ids: readonly string[]): void => {
    for (const id of ids) dropEntry(userId, id)
  })

  /** Erased exchanges open nowhere any more: their keys go, where nothing else is sealed with them. */
  function eraseThese(userId: string, ids: readonly string[]): number {
    if (ids.length === 0) return 0
    erase.immediate(userId, ids)
    swept()
    throwKeysAway(userId)
    return ids.length
  }
  function throwKeysAway(userId: string): void {
    keys.keepOnly(userId, new Set(keysInUse.all({ userId }) as string[]))
  }
  function putIn(record: BinRecord, ids: readonly string[] | undefined): boolean {
    const { moved, dropped } = discard.immediate(record, ids)
    changed()
    if (dropped) swept()
    return moved > 0
  }

  return {
    throwKeysAway,
    discard: (record, ids) => putIn(record, ids),
    discardAll: (record) => {
      const moved = putIn(record, undefined)
      // What is sent from now on has a key that stays when this one goes.
      if (moved) keys.renew(record.userId)
      return moved
    },
    list: (userId) => all.all(userId).flatMap(toRecord),
    restore: (userId, id) => {
      const known = one.get(userId, id) !== undefined
      if (!known) return 'unknown'
      if (restore.immediate(userId, id)) swept()
      changed()
      return 'restored'
    },
    erase: (userId, id) => {
      if (one.get(userId, id) !== undefined) eraseThese(userId, [id])
    },
    eraseAll: (userId) => {
      eraseThese(userId, older.all(userId, Number.MAX_SAFE_INTEGER) as string[])
    },
    eraseOlder: (userId, before) => eraseThese(userId, older.all(userId, before) as string[]),
    eraseBrief: (userId, before) => eraseThese(userId, older.all(userId, before) as string[]),
  }
}
