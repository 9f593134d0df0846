import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { createCopies } from '../../src/node/sqlite/copies.ts'
import type { Database } from '../../src/node/sqlite/database.ts'
import { createHeavyThread } from '../../src/node/sqlite/heavy-thread.ts'
import { pieceSize } from '../../src/node/sqlite/history/parts.ts'
import type { createRequestStore } from '../../src/node/sqlite/stores/request-store.ts'
import { createBeside } from './beside.ts'
import { begin, databaseName, must } from './profile.ts'
import type { Attack } from './words.ts'

const mebibyte = 1024 * 1024
/** The largest body that is stored, and a common one. */
const bodySizes = { large: 64 * mebibyte, common: 48 * 1024 }

/** Unlocks a profile of an earlier version, whose history of so many MiB lies in plain in the database and in a backup:
 *  all of it is sealed while other calls go on. Half of it is in the largest bodies that there can be. */
export const attackPlain: Attack = async ({ count, longest, tell }) => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-plain-'))
  const wrong: string[] = []
  const figures: Record<string, number> = {}
  const measured = createBeside({ longest, wrong, figures, tell })
  const { db, kept, stores, sessions } = await begin(folder)
  try {
    const userId = sessions.current().user.id
    const rows = fillInPlain(db, userId, count)
    fillBeside(stores.requests, userId, count / 2)
    const copies = createCopies(db, createHeavyThread(join(import.meta.dirname, 'storage.mjs')))
    must(await copies.make(2))
    figures['databaseMiB'] = Math.round(statSync(join(folder, databaseName)).size / mebibyte)
    let sent = 0
    const calls = [
      () => stores.users.list(),
      () => stores.exchanges.page(userId, 100),
      () => stores.users.rename(userId, `ann ${sent}`),
      () => {
        const record = {
          id: randomUUID(),
          userId,
          at: 10_000_000 + sent,
          method: 'GET',
          url: 'https://a.example',
        }
        stores.exchanges.add({ ...record, view: '{}' }, new Uint8Array(2_000))
        sent += 1
      },
    ]
    await measured('nothing', calls, () => setTimeout(3_000))
    await measured('seal', calls, () => stores.exchanges.enter(userId))
    must(await measured('strip', calls, () => copies.stripHistory()))
    figures['rows'] = rows
    figures['sealedRows'] = stores.exchanges.page(userId, 3_000).length - sent
    if (db.prepare('SELECT 1 FROM exchanges').get() !== undefined) wrong.push('history was left in plain')
    const size = statSync(join(folder, databaseName)).size
    if (size > (4 + count / 2) * mebibyte) wrong.push(`the database still takes ${size} bytes`)
    await sessions.close()
    return { tried: count, wrong, figures }
  } finally {
    db.close()
    kept.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** So many MiB that a backup goes on holding. */
function fillBeside(
  requests: ReturnType<typeof createRequestStore>,
  userId: string,
  mebibytes: number,
): void {
  for (let number = 0; number < mebibytes * 10; number += 1)
    requests.save({
      id: `request-${number}`,
      userId,
      name: `${number}`,
      draft: JSON.stringify({ text: randomBytes(49 * 1024).toString('hex') }),
      updatedAt: 1,
    })
}

/** Rows as earlier versions stored them; answers how many. */
function fillInPlain(db: Database, userId: string, mebibytes: number): number {
  const insert = db.prepare(`
    INSERT INTO exchanges (id, user_id, at, method, url, status, body_size, view)
    VALUES (?, ?, ?, 'GET', 'https://api.example', 200, ?, ?)`)
  const insertPiece = db.prepare('INSERT INTO exchange_body_pieces VALUES (?, ?, ?)')
  let number = 0
  function add(size: number): void {
    number += 1
    insert.run(`old-${number}`, userId, number, size, '{}')
    for (let from = 0; from < size; from += pieceSize)
      insertPiece.run(`old-${number}`, from / pieceSize, randomBytes(Math.min(pieceSize, size - from)))
  }
  const half = (mebibytes * mebibyte) / 2
  db.transaction(() => {
    for (let left = half; left > 0; left -= bodySizes.common) add(Math.min(left, bodySizes.common))
    for (let left = half; left > 0; left -= bodySizes.large) add(Math.min(left, bodySizes.large))
  })()
  return number
}
