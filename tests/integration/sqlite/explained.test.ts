import { describe, expect, it } from 'vitest'
import { createRequestStore } from '../../../src/node/sqlite/stores/request-store.ts'
import { createUserStore } from '../../../src/node/sqlite/stores/user-store.ts'
import { createVaultKeyStore } from '../../../src/node/sqlite/stores/vault-key-store.ts'
import { databaseWithUsers } from './temporary-database.ts'

const record = (number: number) => ({
  id: `r${number}`,
  userId: 'u1',
  name: 'n',
  draft: JSON.stringify('x'.repeat(3000)),
  updatedAt: 1,
})

describe('a store on a disk that fails', () => {
  it('throws the failure in words, and keeps what was acknowledged', () => {
    const db = databaseWithUsers()
    const requests = createRequestStore(db)
    requests.save(record(0))
    db.pragma(`max_page_count = ${(db.pragma('page_count', { simple: true }) as number) + 5}`)
    let saved = 0
    let thrown: unknown
    while (thrown === undefined)
      try {
        requests.save(record((saved += 1)))
      } catch (error) {
        thrown = error
      }
    expect(thrown).toMatchObject({ failure: { code: 'disk_full', next: expect.any(String) } })
    expect(requests.list('u1')).toHaveLength(saved)
  })

  it('explains a write inside a transaction too, and undoes it', () => {
    const db = databaseWithUsers()
    const keys = createVaultKeyStore(db)
    db.pragma('query_only = ON')
    expect(() => keys.atomically(() => keys.setAside('u1'))).toThrow(
      expect.objectContaining({ failure: expect.objectContaining({ code: 'database_read_only' }) }),
    )
  })

  it('leaves a row that the schema refuses what it is: a defect', () => {
    const users = createUserStore(databaseWithUsers())
    const again = () => users.add({ id: 'u9', username: 'User 1', createdAt: 1 })
    expect(again).toThrow(expect.objectContaining({ code: 'SQLITE_CONSTRAINT_UNIQUE' }))
    expect(again).not.toThrow(expect.objectContaining({ failure: expect.anything() }))
  })
})
