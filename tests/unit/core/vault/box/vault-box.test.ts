import { describe, expect, it } from 'vitest'
import { concat, framed, fromHex, fromUtf8, hex, sameBytes } from '../../../../../src/core/vault/box/bytes.ts'
import { newVaultKey, sealField } from '../../../../../src/core/vault/box/sealed-format.ts'
import { nodeCrypto } from '../../../../../src/node/crypto/node-crypto.ts'
import { createProfile } from '../profile.ts'

const place = { userId: 'u1', table: 'requests', rowId: 'r1', column: 'secrets' }
const protection = { kind: 'keyring', backend: 'b', label: 'l', says: 's' } as const

describe('a vault whose key another program changed', () => {
  const changed = async () => {
    const profile = createProfile()
    const { box } = await profile.open()
    const sealed = box.seal(place, 'text')
    const [record] = profile.store.records
    if (!record) throw new Error('no key')
    return { ...profile, box, sealed, record }
  }

  it.each(['removed', 'set aside', 'replaced'])('seals nothing more: %s', async (how) => {
    const { box, store, sealed, record } = await changed()
    store.records.splice(0, 1)
    if (how === 'set aside') store.records.push({ ...record, state: 'set-aside' })
    if (how === 'replaced') store.records.push({ ...record, id: 'ab'.repeat(16) })
    expect(() => box.seal(place, 'more')).toThrow('vault_key_changed')
    expect(box.open(place, sealed)).toEqual({ ok: true, value: 'text' })
  })

  it('says so of what the new key sealed', async () => {
    const { box, store, open } = await changed()
    store.records.splice(0, 1)
    const other = (await open()).box.seal(place, 'theirs')
    expect(box.open(place, other)).toMatchObject({
      error: { code: 'vault_key_changed', message: expect.any(String), next: expect.any(String) },
    })
  })
})

describe('a box', () => {
  it('tells a secret that is damaged from one for another destination', async () => {
    const { box } = await createProfile().open()
    const bound = { ...place, destination: 'here' }
    for (const [where, code] of [
      [place, 'secret_unreadable'],
      [bound, 'secret_redirected'],
    ] as const) {
      const damaged = box.seal(where, 'text')
      damaged[damaged.length - 1] = (damaged.at(-1) ?? 0) ^ 1
      expect(box.open(where, damaged)).toMatchObject({ error: { code } })
    }
    expect(box.open({ ...bound, destination: 'there' }, box.seal(bound, 'text'))).toMatchObject({
      error: { code: 'secret_redirected' },
    })
    for (const sealed of [new Uint8Array(), Uint8Array.of(9, 9)]) {
      expect(box.open(bound, sealed)).toMatchObject({ error: { code: 'secret_unreadable' } })
      expect(box.storageOf(sealed)).toBe('unreadable')
    }
    // Of another key, wherever it was for.
    const other = sealField(nodeCrypto, newVaultKey(nodeCrypto), bound, 'text')
    expect(box.open(bound, other)).toMatchObject({ error: { code: 'secret_unreadable' } })
  })

  it('in memory tells the same, and binds nothing', async () => {
    const { keyring, open } = createProfile()
    keyring.state.available = false
    const { box } = await open()
    const bound = { ...place, destination: 'here' }
    const kept = box.seal(bound, 'text')
    expect(box.bindsAll()).toBe(false)
    expect(box.open(bound, kept)).toEqual({ ok: true, value: 'text' })
    expect(box.open({ ...bound, destination: 'there' }, kept)).toMatchObject({
      error: { code: 'secret_redirected' },
    })
    expect(box.open(place, kept)).toMatchObject({ error: { code: 'secret_unreadable' } })
    box.lock()
    expect(box.open(bound, kept)).toMatchObject({ error: { code: 'vault_locked' } })
    expect(box.storageOf(kept)).toBe('unreadable')
  })

  it('learns a key once, and wipes what it has already', async () => {
    const { box } = await createProfile().open()
    const older = newVaultKey(nodeCrypto)
    const sealed = sealField(nodeCrypto, older, place, 'older')
    expect(box.storageOf(sealed)).toBe('unreadable')
    box.learnKey(older)
    const copy = { id: older.id, bytes: Uint8Array.from(older.bytes) }
    box.learnKey(copy)
    expect(copy.bytes.every((byte) => byte === 0)).toBe(true)
    expect(box.open(place, sealed)).toEqual({ ok: true, value: 'older' })
    expect(box.storageOf(sealed)).toBe('vault')
    expect(box.currentKey()?.id).not.toBe(older.id)
  })

  it('takes no key while it is locked', async () => {
    const { box } = await createProfile().open()
    expect(box.isLocked()).toBe(false)
    box.lock()
    expect(box.isLocked()).toBe(true)
    expect(() => box.learnKey(newVaultKey(nodeCrypto))).toThrow('vault_locked')
    expect(() => box.useKey(newVaultKey(nodeCrypto), protection)).toThrow('vault_locked')
    expect(box.currentKey()).toBeUndefined()
  })
})

describe('opening a vault', () => {
  it('names what guards it, or why nothing does', async () => {
    const profile = createProfile()
    await profile.open()
    const good = Buffer.from(profile.keyring.state.key)
    profile.keyring.state.key = Buffer.alloc(32)
    expect((await profile.open()).box.protection()).toMatchObject({
      kind: 'memory',
      label: 'Memory only: keyring changed',
    })
    profile.keyring.state.key = good
    const none = createProfile()
    none.keyring.state.available = false
    expect((await none.open()).box.protection()).toMatchObject({ kind: 'memory', label: 'Memory only' })
    expect(await none.open()).not.toHaveProperty('trouble')
  })

  it('does not write to a keyring that is closed', async () => {
    const { keyring, open } = createProfile()
    keyring.state.available = false
    keyring.protector.wrap = () => Promise.reject(new Error('not to be asked'))
    expect((await open()).box.protection().kind).toBe('memory')
  })

  it('rewraps only where there is a reason', async () => {
    const { store, open, keyring } = createProfile()
    let rewrapped = 0
    const { rewrap } = store
    store.rewrap = (record) => {
      rewrapped += 1
      rewrap(record)
    }
    await open()
    await open()
    expect(rewrapped).toBe(0)
    keyring.state.backend = 'kwallet6'
    const { wrap } = keyring.protector
    keyring.protector.wrap = () =>
      Promise.resolve({ ok: false, error: { code: 'keyring_refused', message: 'no' } })
    expect((await open()).trouble).toBeUndefined()
    expect(rewrapped).toBe(0)
    keyring.protector.wrap = wrap
    await open()
    expect(rewrapped).toBe(1)
    await open()
    expect(rewrapped).toBe(1)
  })
})

describe('bytes', () => {
  it('are read as UTF-8 exactly, or not at all', () => {
    expect(fromUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))).toBe('\ufeffa')
    expect(fromUtf8(Uint8Array.of(0xff))).toBeUndefined()
  })
  it('are read as hexadecimal exactly, or not at all', () => {
    expect(fromHex('00ff')).toEqual(Uint8Array.of(0, 255))
    expect(fromHex('')).toEqual(new Uint8Array())
    for (const text of ['0', '0g', '00f', 'FF', 'x00', '00x']) expect(fromHex(text), text).toBeUndefined()
    expect(hex(Uint8Array.of(0, 10, 255))).toBe('000aff')
  })
  it('are the same only as a whole', () => {
    expect(sameBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 2))).toBe(true)
    expect(sameBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe(false)
    expect(sameBytes(Uint8Array.of(1), Uint8Array.of(1, 0))).toBe(false)
    expect(sameBytes(Uint8Array.of(1, 0), Uint8Array.of(1))).toBe(false)
    expect(sameBytes(Uint8Array.of(), Uint8Array.of(0))).toBe(false)
  })
  it('are framed by their length, in any form', () => {
    const expected = Uint8Array.of(0, 0, 0, 1, 0x61, 0, 0, 0, 0)
    expect(framed('a', '')).toEqual(expected)
    expect(framed(Uint8Array.of(0x61), new Uint8Array())).toEqual(expected)
    expect(concat()).toEqual(new Uint8Array())
  })
})
