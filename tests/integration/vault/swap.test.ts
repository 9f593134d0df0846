import { describe, expect, it } from 'vitest'
import type { Database } from '../../../src/node/sqlite/database.ts'
import { addSecrets, openAll, secretAt, secretPlaces, storedAt, vaultOnDisk } from './vault-on-disk.ts'

const stored = (db: Database, place: Parameters<typeof storedAt>[1]): Uint8Array => {
  const bytes = storedAt(db, place)
  if (bytes === undefined) throw new Error(`nothing at ${place.rowId}`)
  return bytes
}

describe('two ciphertexts that were swapped', () => {
  it('open in neither place, whatever row, column or user they came from, and are kept', async () => {
    const { open, db } = vaultOnDisk()
    const vaults = { u1: await open(), u2: await open(undefined, 'u2') }
    addSecrets(db(), vaults.u1)
    addSecrets(db(), vaults.u2)
    const places = [...secretPlaces('u1'), ...secretPlaces('u2')]
    const boxOf = (userId: string) => (userId === 'u1' ? vaults.u1.box : vaults.u2.box)
    const write = ({ table, column, rowId }: (typeof places)[number], bytes: Uint8Array) =>
      db().prepare(`UPDATE ${table} SET sealed_${column} = ? WHERE id = ?`).run(bytes, rowId)
    const count = () => db().prepare('SELECT count(*) FROM token_sets').pluck().get()
    const rows = count()
    let pairs = 0
    for (const [index, first] of places.entries())
      for (const second of places.slice(index + 1)) {
        const [a, b] = [stored(db(), first), stored(db(), second)]
        write(first, b)
        write(second, a)
        for (const place of [first, second]) {
          const opened = boxOf(place.userId).open(place, stored(db(), place))
          expect(opened).toMatchObject({
            ok: false,
            error: {
              code: expect.stringMatching(/^secret_(unreadable|redirected)$/),
              next: expect.any(String),
            },
          })
        }
        expect([stored(db(), first), stored(db(), second)]).toEqual([b, a])
        write(first, a)
        write(second, b)
        pairs += 1
      }
    const all = 2 * secretPlaces('u1').length
    expect(pairs).toBe((all * (all - 1)) / 2)
    expect(count()).toBe(rows)
    expect(openAll(db(), vaults.u1)).toEqual(secretPlaces('u1').map(secretAt))
    expect(openAll(db(), vaults.u2)).toEqual(secretPlaces('u2').map(secretAt))
  })
})
