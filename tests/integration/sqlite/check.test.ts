import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkFast, checkFull } from '../../../src/node/sqlite/check.ts'
import { createRequestStore } from '../../../src/node/sqlite/stores/request-store.ts'
import { databaseWithUsers, openOrThrow, temporaryFolder } from './temporary-database.ts'

/** A database in which one page of the requests table is damaged. */
const damaged = () => {
  const folder = temporaryFolder()
  const db = databaseWithUsers(folder)
  const requests = createRequestStore(db)
  for (let number = 0; number < 400; number += 1)
    requests.save({ id: `r${number}`, userId: 'u1', name: `n${number}`, draft: '{}', updatedAt: 1 })
  const page = db
    .prepare("SELECT pageno FROM dbstat WHERE name = 'requests' AND pagetype = 'leaf' LIMIT 1")
    .pluck()
    .get() as number
  db.close()
  const file = join(folder, 'gatehouse.sqlite')
  const bytes = readFileSync(file)
  bytes.fill(0xff, (page - 1) * 4096, (page - 1) * 4096 + 200)
  writeFileSync(file, bytes)
  return { file, bytes }
}

describe('the checks', () => {
  it('find nothing in a sound database, and tell how far they are', async () => {
    const db = databaseWithUsers()
    const steps: string[] = []
    expect(checkFast(db)).toEqual({ ok: true, value: null })
    const full = await checkFull(db, { onProgress: (done, all) => void steps.push(`${done}/${all}`) })
    expect(full).toEqual({ ok: true, value: [] })
    expect(steps.length).toBeGreaterThan(8)
    expect(steps.at(-1)).toBe(`${steps.length}/${steps.length}`)
  })

  it('notice a damaged page and change nothing', async () => {
    const { file, bytes } = damaged()
    const db = openOrThrow(file)
    expect(checkFast(db)).toMatchObject({ error: { code: 'database_corrupt', next: expect.any(String) } })
    const full = await checkFull(db)
    expect(full.ok ? full.value.length : full.error.code).not.toBe(0)
    db.close()
    expect(readFileSync(file).subarray(100)).toEqual(bytes.subarray(100))
  })

  it('stop when they are told to', async () => {
    const stop = new AbortController()
    const full = await checkFull(databaseWithUsers(), { signal: stop.signal, onProgress: () => stop.abort() })
    expect(full).toMatchObject({ error: { code: 'check_cancelled' } })
  })

  it('notice a row that refers to something that does not exist', async () => {
    const db = databaseWithUsers()
    db.pragma('foreign_keys = OFF')
    db.exec("INSERT INTO environments (id, user_id, name) VALUES ('e9', 'nobody', 'x')")
    expect(await checkFull(db)).toMatchObject({ ok: true, value: [expect.stringContaining('environments')] })
  })
})
