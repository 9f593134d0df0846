import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { ok, type Result } from '../../../src/core/contract/result.ts'
import type { Database } from '../../../src/node/sqlite/database.ts'
import { heavyWork } from '../../../src/node/sqlite/heavy-work.ts'
import { migrations } from '../../../src/node/sqlite/migrations/index.ts'
import { findingOf, openDatabase } from '../../../src/node/sqlite/open.ts'
import { openUpdated } from '../../../src/node/sqlite/start/update.ts'
import { openOrThrow, temporaryFolder } from './temporary-database.ts'

const newest = migrations.at(-1)?.version ?? 0
const before = migrations.at(-2)?.version ?? 0

/** A database of the format before, with a user. */
const older = (): { file: string; copy: string; folder: string } => {
  const folder = temporaryFolder()
  const file = join(folder, 'gatehouse.db')
  const db = openOrThrow(file, { migrations: migrations.slice(0, -1) })
  db.exec("INSERT INTO users VALUES ('u', 'Ann', 'ann', 1, NULL)")
  db.close()
  return { file, copy: `${file}.before-format-${newest}`, folder }
}
const opened = (result: Result<Database>): Database => {
  if (!result.ok) throw new Error(result.error.code)
  onTestFinished(() => void result.value.close())
  return result.value
}
const versionOf = (file: string): unknown => {
  const db = new SqliteDatabase(file, { readonly: true })
  const version = db.pragma('user_version', { simple: true })
  db.close()
  return version
}
const nobody = {
  update: () => Promise.reject(new Error('nothing was to be done')),
}

it('keeps a whole copy before the format changes, and touches the database only then', async () => {
  const { file, copy } = older()
  const asked: unknown[] = []
  const db = opened(
    await openUpdated(file, {
      update: async (input) => {
        asked.push(input, versionOf(file), existsSync(copy))
        const done = await heavyWork.update(input)
        asked.push(versionOf(file))
        return done
      },
    }),
  )
  expect(asked).toEqual([{ file }, before, false, newest])
  expect(versionOf(copy)).toBe(before)
  expect(statSync(copy).mode & 0o777).toBe(0o600)
  expect(db.prepare('SELECT username FROM users').pluck().get()).toBe('Ann')
  expect(findingOf(db)).toBeUndefined()
})

it('asks no one where there is nothing to be done', async () => {
  const file = join(temporaryFolder(), 'gatehouse.db')
  opened(await openUpdated(file, nobody)).close()
  opened(await openUpdated(file, nobody))
})

it('copies what still is in the log of a program that was killed', async () => {
  const { file, copy, folder } = older()
  const db = new SqliteDatabase(file)
  db.exec("INSERT INTO users VALUES ('v', 'Ben', 'ben', 1, NULL)")
  const killed = join(folder, 'killed.db')
  for (const end of ['', '-wal']) copyFileSync(file + end, killed + end)
  db.close()
  opened(await openUpdated(killed, heavyWork))
  const kept = new SqliteDatabase(copy.replace(file, killed), { readonly: true })
  expect(kept.prepare('SELECT username FROM users').pluck().all()).toEqual(['Ann', 'Ben'])
  kept.close()
})

it('updates nothing where the copy fails, says why, and goes on when it can be made', async () => {
  const { file, copy, folder } = older()
  const sound = readFileSync(file)
  // Nothing can be written to where the copy would grow.
  mkdirSync(`${copy}.partial`)
  writeFileSync(join(`${copy}.partial`, 'x'), '')
  expect(await openUpdated(file, heavyWork)).toMatchObject({ ok: false, error: { code: expect.any(String) } })
  expect(readFileSync(file).equals(sound)).toBe(true)
  const other = join(folder, 'other.db')
  copyFileSync(file, other)
  expect(opened(await openUpdated(other, heavyWork)).pragma('user_version', { simple: true })).toBe(newest)
})

it('updates nothing of a damaged database', async () => {
  const { file, copy, folder } = older()
  const bytes = readFileSync(file)
  writeFileSync(file, Buffer.concat([bytes.subarray(0, 8192), Buffer.alloc(bytes.length - 8192, 5)]))
  const damaged = readFileSync(file)
  const refused = await openUpdated(file, heavyWork)
  expect(refused).toMatchObject({ ok: false, error: { code: 'database_corrupt' } })
  expect(!refused.ok && refused.error.message).toContain(`${file} is damaged`)
  expect(readFileSync(file).equals(damaged)).toBe(true)
  expect(readdirSync(folder).filter((name) => name.startsWith('gatehouse.db.before'))).toEqual([])
  expect(existsSync(copy)).toBe(false)
})

it('takes a copy that was cut short for none', async () => {
  const { file, copy } = older()
  writeFileSync(`${copy}.partial`, 'half of it')
  opened(await openUpdated(file, heavyWork))
  expect(versionOf(copy)).toBe(before)
  expect(existsSync(`${copy}.partial`)).toBe(false)
})

it('ends a restore first, of which the copy is made', async () => {
  const { file, copy } = older()
  const db = new SqliteDatabase(file)
  db.pragma('journal_mode = DELETE')
  db.close()
  copyFileSync(file, `${file}.restoring`)
  const other = new SqliteDatabase(file)
  other.exec("UPDATE users SET username = 'another'")
  other.close()
  opened(await openUpdated(file, heavyWork))
  const kept = new SqliteDatabase(copy, { readonly: true })
  expect(kept.prepare('SELECT username FROM users').pluck().all()).toEqual(['Ann'])
  kept.close()
})

it('tells what was found wrong, once', async () => {
  const { file } = older()
  const found = { code: 'database_rolled_back', message: 'm' }
  const first = opened(
    await openUpdated(file, {
      update: async (input) => {
        await heavyWork.update(input)
        return ok(found)
      },
    }),
  )
  expect(findingOf(first)).toEqual(found)
  first.close()
  expect(findingOf(opened(openDatabase(file)))).toBeUndefined()
})
