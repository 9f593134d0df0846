import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createBallast } from '../../../src/node/sqlite/ballast.ts'
import { createUserStore } from '../../../src/node/sqlite/stores/user-store.ts'
import { createVaultKeyStore } from '../../../src/node/sqlite/stores/vault-key-store.ts'
import { unlockThrough } from '../../../src/node/sqlite/unlock-through.ts'
import { databaseWithUsers, temporaryFolder } from './temporary-database.ts'

/** Stores on a disk that is full: each write fails, while the ballast holds its space or permanently. */
const onFullDisk = (lasting: boolean) => {
  const folder = temporaryFolder()
  const db = databaseWithUsers()
  const ballast = createBallast(folder)
  ballast.keep()
  const [users, store] = [createUserStore(db), createVaultKeyStore(db)]
  const unlessFull = (work: () => void) => {
    if (lasting || existsSync(join(folder, 'ballast')))
      throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' })
    work()
  }
  const full = {
    users: {
      ...users,
      noteUnlock: (id: string, at: number) => unlessFull(() => users.noteUnlock(id, at)),
    },
    store: {
      ...store,
      saveFailures: (id: string, failures: { count: number; lastAt: number }) =>
        unlessFull(() => store.saveFailures(id, failures)),
    },
  }
  return { ...unlockThrough(ballast, full), stored: store, storedUsers: users }
}

it('gives the ballast back for what an unlock writes', () => {
  const { users, store, stored, storedUsers } = onFullDisk(false)
  store.saveFailures('u1', { count: 1, lastAt: 5 })
  expect(stored.failures('u1')).toEqual({ count: 1, lastAt: 5 })
  users.noteUnlock('u1', 7)
  expect(storedUsers.list().map(({ lastUnlockAt }) => lastUnlockAt)).toContain(7)
})

it('counts wrong passwords in memory where nothing can be written, and lets the unlock go on', () => {
  const { users, store, stored } = onFullDisk(true)
  store.saveFailures('u1', { count: 4, lastAt: 5 })
  expect(store.failures('u1')).toEqual({ count: 4, lastAt: 5 })
  expect(stored.failures('u1').count).toBe(0)
  expect(store.failures('u2').count).toBe(0)
  expect(() => users.noteUnlock('u1', 7)).not.toThrow()
})

it('hides no other failure', () => {
  const db = databaseWithUsers()
  const users = createUserStore(db)
  const broken = (): never => {
    throw new Error('other')
  }
  const through = unlockThrough(createBallast(temporaryFolder()), {
    users: { ...users, noteUnlock: broken },
    store: createVaultKeyStore(db),
  })
  expect(() => through.users.noteUnlock()).toThrow('other')
})
