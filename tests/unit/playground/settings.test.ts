import { describe, expect, it } from 'vitest'
import { openDatabase } from '../../../src/playground/storage/open.ts'
import { openBetterSqlite } from '../../../src/playground/storage/better-sqlite.ts'
import { createProviderRecords } from '../../../src/playground/storage/provider-records.ts'
import { loadSettings } from '../../../src/playground/storage/settings.ts'

const open = () => {
  const database = openDatabase(':memory:', openBetterSqlite)
  return { database, settings: loadSettings(database) }
}

describe("the Playground's own secrets", () => {
  it('are made once and kept', () => {
    const { database, settings } = open()
    expect(loadSettings(database).cookieKeys).toEqual(settings.cookieKeys)
    expect(open().settings.cookieKeys).not.toEqual(settings.cookieKeys)
  })

  it('open what they sealed, in its own context only and unchanged only', () => {
    const { sealer } = open().settings
    const sealed = sealer.seal('text', 'Session')
    expect(sealer.open(sealed, 'Session')).toBe('text')
    expect(() => sealer.open(sealed, 'Grant')).toThrow()
    sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1
    expect(() => sealer.open(sealed, 'Session')).toThrow()
  })
})

describe("the provider's records", () => {
  it('are found by id, uid and user code, consumed, revoked by grant, destroyed', async () => {
    const { database, settings } = open()
    const adapter = createProviderRecords(database, settings.sealer).adapterFor('DeviceCode')
    await adapter.upsert('id-1', { jti: 'id-1', grantId: 'g', userCode: 'CODE', uid: 'u' }, 60)
    expect(await adapter.find('id-1')).toMatchObject({ userCode: 'CODE' })
    expect(await adapter.findByUserCode('CODE')).toMatchObject({ jti: 'id-1' })
    expect(await adapter.findByUid('u')).toMatchObject({ jti: 'id-1' })
    await adapter.consume('id-1')
    expect((await adapter.find('id-1'))?.consumed).toBeGreaterThan(0)
    await adapter.revokeByGrantId('other')
    expect(await adapter.find('id-1')).toBeDefined()
    await adapter.revokeByGrantId('g')
    expect(await adapter.find('id-1')).toBeUndefined()
    await adapter.upsert('id-2', { jti: 'id-2' }, 60)
    await adapter.destroy('id-2')
    expect(await adapter.find('id-2')).toBeUndefined()
  })

  it('are purged an hour after they expired; those without an end stay', async () => {
    const { database, settings } = open()
    const records = createProviderRecords(database, settings.sealer)
    const adapter = records.adapterFor('Client')
    await adapter.upsert('old', { client_id: 'old' }, -3700)
    await adapter.upsert('kept', { client_id: 'kept' }, undefined)
    await adapter.upsert('fresh', { client_id: 'fresh' }, 1)
    expect(records.purgeExpired()).toBe(1)
    expect([await adapter.find('kept'), await adapter.find('fresh')].every(Boolean)).toBe(true)
  })
})
