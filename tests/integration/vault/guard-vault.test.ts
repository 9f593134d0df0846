import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { guardVault, rotateVaultKey, setVaultAside } from '../../../src/core/vault/guard/guard-vault.ts'
import { createMemorySecrets } from '../../../src/core/vault/box/memory-secrets.ts'
import { recoverSetAside } from '../../../src/core/vault/box/recover-vault.ts'
import { createVaultBox } from '../../../src/core/vault/box/vault-box.ts'
import { unwrapKey } from '../../../src/core/vault/box/wrap-key.ts'
import { addSecrets, openAll, secretAt, secretPlaces, vaultOnDisk } from './vault-on-disk.ts'

const password = 'correct horse battery'
const texts = (userId = 'u1') => secretPlaces(userId).map(secretAt)
const done = { ok: true, value: null }

/** Secrets of one user. */
const all = secretPlaces('u1').length

describe('a password', () => {
  it('guards the vault from then on, instead of the keyring', async () => {
    const { open, tryOpen, parts, db, restart, keyring } = vaultOnDisk()
    const vault = await open()
    addSecrets(db(), vault)
    expect(await guardVault(vault, parts(), { guard: 'password', newPassword: password })).toEqual(done)
    expect(vault.box.protection().kind).toBe('password')
    keyring.state.available = false
    restart()
    expect(await tryOpen()).toMatchObject({ error: { code: 'password_required' } })
    expect(await tryOpen('wrong')).toMatchObject({ error: { code: 'password_wrong' } })
    const again = await open(password)
    expect(openAll(db(), again)).toEqual(texts())
    expect(again.box.protection().kind).toBe('password')
  })

  it('and the keyring are both needed where both guard', async () => {
    const { open, tryOpen, parts, db, keyring } = vaultOnDisk()
    const vault = await open()
    addSecrets(db(), vault)
    expect(await guardVault(vault, parts(), { guard: 'both', newPassword: password })).toEqual(done)
    expect(await tryOpen('something else')).toMatchObject({ error: { code: 'password_wrong' } })
    expect(openAll(db(), await open(password))).toEqual(texts())
    keyring.state.key.fill(1)
    const { trouble, box } = await open(password)
    expect(trouble?.code).toBe('keyring_changed')
    expect(box.protection().kind).toBe('memory')
  })

  it('can be changed and taken away, with proof', async () => {
    const { open, tryOpen, parts, db } = vaultOnDisk()
    const vault = await open()
    addSecrets(db(), vault)
    await guardVault(vault, parts(), { guard: 'password', newPassword: password })
    const change = (old: string | undefined) =>
      guardVault(vault, parts(), { guard: 'password', newPassword: 'a new long one', password: old })
    expect(await change(undefined)).toMatchObject({ error: { code: 'password_required' } })
    expect(await change('not it at all')).toMatchObject({ error: { code: 'password_wrong' } })
    expect(await change(password)).toEqual(done)
    expect(await tryOpen(password)).toMatchObject({ error: { code: 'password_wrong' } })
    expect(openAll(db(), await open('a new long one'))).toEqual(texts())
    expect(await guardVault(vault, parts(), { guard: 'keyring', password: 'a new long one' })).toEqual(done)
    expect(openAll(db(), await open())).toEqual(texts())
  })

  it('seals with a new key, so that a backup from before it opens nothing that is here', async () => {
    const { open, parts, db, keyring } = vaultOnDisk()
    const vault = await open()
    addSecrets(db(), vault)
    const backup = parts().store.list('u1')
    const heldByKeyring = await unwrapKey(parts(), backup[0] as (typeof backup)[number], {
      keyring: await keyring.protector.keyring(),
    })
    if (!('key' in heldByKeyring)) throw new Error('the backup does not open')
    await guardVault(vault, parts(), { guard: 'password', newPassword: password })
    expect(parts().store.list('u1')).toHaveLength(1)
    const protection = vault.box.protection()
    const memory = createMemorySecrets(parts().crypto)
    const thief = createVaultBox({
      crypto: parts().crypto,
      memory,
      protection,
      current: heldByKeyring.key,
      isCurrent: () => true,
    })
    expect(new Set(openAll(db(), { ...vault, box: thief }))).toEqual(new Set(['secret_unreadable']))
    expect(openAll(db(), vault)).toEqual(texts())
  })

  it('is the same in every Unicode form', async () => {
    const { open, parts } = vaultOnDisk()
    await guardVault(await open(), parts(), { guard: 'password', newPassword: 'Pässwörter' })
    expect((await open('Pa\u0308sswo\u0308rter')).guard).toBe('password')
  })

  it('that is too short is refused and changes nothing', async () => {
    const { open, parts } = vaultOnDisk()
    const vault = await open()
    const refused = await guardVault(vault, parts(), { guard: 'password', newPassword: 'short' })
    expect(refused).toMatchObject({ error: { code: 'password_unfit', next: expect.any(String) } })
    expect((await open()).guard).toBe('keyring')
  })

  it('brings secrets that lived in memory under its guard', async () => {
    const { open, parts, db, restart, keyring } = vaultOnDisk()
    Object.assign(keyring.state, { available: false, backend: 'basic_text' })
    const vault = await open()
    addSecrets(db(), vault)
    expect(vault.box.protection().kind).toBe('memory')
    expect(await guardVault(vault, parts(), { guard: 'keyring' })).toMatchObject({ ok: false })
    expect(await guardVault(vault, parts(), { guard: 'password', newPassword: password })).toEqual(done)
    expect(openAll(db(), vault)).toEqual(texts())
    restart()
    expect(openAll(db(), await open(password))).toEqual(texts())
  })

  it('hash is made dearer at the next unlock', async () => {
    const { open, parts, db } = vaultOnDisk()
    await guardVault(await open(), parts(), { guard: 'password', newPassword: password })
    const hash = () => db().prepare('SELECT password_hash FROM vault_keys').pluck().get() as string
    expect(hash()).toMatch(/^\$scrypt\$ln=4,r=8,p=1\$/)
    const { openVault } = await import('../../../src/core/vault/box/open-vault.ts')
    const dearer = { ...parts(), scrypt: { cost: 6, blockSize: 8, parallelization: 1 } }
    expect((await openVault('u1', dearer, { password })).ok).toBe(true)
    expect(hash()).toMatch(/^\$scrypt\$ln=6,r=8,p=1\$/)
    expect((await openVault('u1', dearer, { password })).ok).toBe(true)
    expect((await openVault('u1', dearer, { password: 'wrong one' })).ok).toBe(false)
  })
})

describe('wrong passwords', () => {
  it('are slowed down, also across a restart, and a right one ends it', async () => {
    const { open, tryOpen, parts, restart, state } = vaultOnDisk()
    await guardVault(await open(), parts(), { guard: 'password', newPassword: password })
    const codes: string[] = []
    const attempt = async (text: string) => {
      const result = await tryOpen(text)
      codes.push(result.ok ? 'ok' : result.error.code)
    }
    for (let number = 0; number < 4; number += 1) await attempt('wrong one')
    restart()
    await attempt(password)
    state.now += 1_999
    await attempt(password)
    state.now += 1
    await attempt('wrong one')
    state.now += 3_999
    await attempt(password)
    state.now -= 3_600_000
    await attempt(password)
    state.now += 3_604_000
    await attempt(password)
    await attempt('wrong one')
    await attempt(password)
    expect(codes).toEqual([
      ...Array<string>(4).fill('password_wrong'),
      ...Array<string>(2).fill('password_wait'),
      'password_wrong',
      ...Array<string>(2).fill('password_wait'),
      'ok',
      'password_wrong',
      'ok',
    ])
  })
})

describe('rotating the key', () => {
  it('seals everything anew and forgets the old key', async () => {
    const { open, parts, db, restart } = vaultOnDisk()
    const [vault, other] = [await open(), await open(undefined, 'u2')]
    addSecrets(db(), vault)
    addSecrets(db(), other)
    const ids = () => db().prepare("SELECT id FROM vault_keys WHERE user_id = 'u1'").pluck().all()
    const before = ids()
    expect(await rotateVaultKey(vault, parts())).toEqual({ ok: true, value: { resealed: all, left: 0 } })
    expect(openAll(db(), vault)).toEqual(texts())
    restart()
    expect(ids()).toHaveLength(1)
    expect(ids()).not.toEqual(before)
    expect(openAll(db(), await open())).toEqual(texts())
    expect(openAll(db(), await open(undefined, 'u2'))).toEqual(texts('u2'))
  })

  it('asks for the password where one guards, and keeps it', async () => {
    const { open, parts, db } = vaultOnDisk()
    const vault = await open()
    addSecrets(db(), vault)
    await guardVault(vault, parts(), { guard: 'both', newPassword: password })
    expect(await rotateVaultKey(vault, parts())).toMatchObject({ error: { code: 'password_required' } })
    expect(await rotateVaultKey(vault, parts(), { password })).toMatchObject({ ok: true })
    expect(openAll(db(), await open(password))).toEqual(texts())
  })

  it('leaves what does not open as it is, with its key', async () => {
    const { open, parts, db } = vaultOnDisk()
    const vault = await open()
    addSecrets(db(), vault)
    db().exec("UPDATE token_sets SET sealed_id_token = sealed_access_token WHERE id = 't1-u1'")
    const damaged = db().prepare("SELECT sealed_id_token FROM token_sets WHERE id = 't1-u1'").pluck()
    const before = damaged.get()
    expect(await rotateVaultKey(vault, parts())).toEqual({ ok: true, value: { resealed: all - 1, left: 1 } })
    expect(damaged.get()).toEqual(before)
    expect(db().prepare('SELECT state FROM vault_keys ORDER BY state').pluck().all()).toEqual([
      'current',
      'set-aside',
    ])
  })

  it('changes nothing at all where it fails halfway', async () => {
    const { open, parts, db } = vaultOnDisk()
    const vault = await open()
    addSecrets(db(), vault)
    db().exec(
      `CREATE TRIGGER fails BEFORE UPDATE ON pending_sign_ins BEGIN SELECT raise(ABORT, 'disk broke'); END`,
    )
    await expect(rotateVaultKey(vault, parts())).rejects.toThrow('disk broke')
    expect(openAll(db(), vault)).toEqual(texts())
    expect(openAll(db(), await open())).toEqual(texts())
  })

  it('is refused while the vault is locked', async () => {
    const { open, parts } = vaultOnDisk()
    const vault = await open()
    vault.box.lock()
    expect(await rotateVaultKey(vault, parts())).toMatchObject({ error: { code: 'vault_locked' } })
    expect(await guardVault(vault, parts(), { guard: 'keyring' })).toMatchObject({
      error: { code: 'vault_locked' },
    })
  })
})

describe('setting a vault aside', () => {
  it('goes on with a new key, deletes nothing, and opens the old secrets when the keyring is back', async () => {
    const { open, parts, db, keyring } = vaultOnDisk()
    addSecrets(db(), await open())
    const good = Buffer.from(keyring.state.key)
    keyring.state.key.fill(9)
    const vault = await open()
    expect(await rotateVaultKey(vault, parts())).toMatchObject({ error: { code: 'keyring_changed' } })
    expect(await setVaultAside(vault, parts())).toEqual(done)
    expect(await setVaultAside(vault, parts())).toMatchObject({ error: { code: 'vault_works' } })
    expect(vault.box.protection().kind).toBe('keyring')
    expect(new Set(openAll(db(), vault))).toEqual(new Set(['secret_unreadable']))
    expect((await open()).trouble).toBeUndefined()
    db().exec("UPDATE vault_keys SET state = 'set-aside'")
    keyring.state.key = good
    expect(openAll(db(), await open())).toEqual(texts())
  })
})

describe('recovering what was set aside', () => {
  const lost = async () => {
    const parts = vaultOnDisk()
    const { open, db, keyring } = parts
    const first = await open()
    addSecrets(db(), first)
    await guardVault(first, parts.parts(), { guard: 'both', newPassword: password })
    const good = Buffer.from(keyring.state.key)
    keyring.state.key.fill(9)
    const vault = await open(password)
    expect(vault.trouble?.code).toBe('keyring_changed')
    await setVaultAside(vault, parts.parts())
    return { ...parts, vault, good }
  }

  it('brings it all back with the old keyring and the old password', async () => {
    const { vault, parts, keyring, good, db, restart, open } = await lost()
    keyring.state.key = good
    await guardVault(vault, parts(), { guard: 'keyring' })
    expect(await recoverSetAside(vault, parts())).toMatchObject({ error: { code: 'password_required' } })
    expect(await recoverSetAside(vault, parts(), { password: 'wrong one' })).toMatchObject({
      error: { code: 'password_wrong' },
    })
    expect(await recoverSetAside(vault, parts(), { password })).toEqual({
      ok: true,
      value: { resealed: all, left: 0 },
    })
    expect(await recoverSetAside(vault, parts())).toMatchObject({ error: { code: 'nothing_to_recover' } })
    restart()
    expect(openAll(db(), await open())).toEqual(texts())
    expect(db().prepare('SELECT count(*) FROM vault_keys').pluck().get()).toBe(1)
  })

  it('keeps everything where it does not succeed', async () => {
    const { vault, parts, db } = await lost()
    expect(await recoverSetAside(vault, parts(), { password })).toMatchObject({
      error: { code: 'keyring_changed' },
    })
    expect(db().prepare('SELECT count(*) FROM vault_keys').pluck().get()).toBe(2)
    expect(new Set(openAll(db(), vault))).toEqual(new Set(['secret_unreadable']))
  })
})

describe('the files', () => {
  it('hold no secret, password or key in any common form', async () => {
    const { open, parts, db, folder } = vaultOnDisk()
    const vault = await open()
    addSecrets(db(), vault)
    const key = Buffer.from(vault.box.currentKey()?.bytes ?? [])
    expect(key).toHaveLength(32)
    await guardVault(vault, parts(), { guard: 'password', newPassword: password })
    const files = Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))))
    const forms = (secret: Buffer) => [
      secret,
      ...(['base64', 'base64url', 'hex'] as const).map((form) => Buffer.from(secret.toString(form))),
      Buffer.from(secret.toString('latin1'), 'utf16le'),
    ]
    for (const secret of [...texts().map((text) => Buffer.from(text)), Buffer.from(password), key])
      for (const form of forms(secret)) expect(files.includes(form), secret.toString('hex')).toBe(false)
    expect(files.includes(Buffer.from('t1-u1'))).toBe(true)
  })
})
