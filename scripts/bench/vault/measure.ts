/** Runs in Electron's Node, whose cryptography is not Node's own: unlocks a vault on disk, seals and opens a token
 *  set, and does the same with nothing but node:crypto. Prints one line of JSON. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { nodeCrypto } from '../../../src/node/crypto/node-crypto.ts'
import { openDatabase } from '../../../src/node/sqlite/open.ts'
import { createConnectionStore } from '../../../src/node/sqlite/stores/connection-store.ts'
import { createSettingsReader } from '../../../src/node/sqlite/stores/settings-reader.ts'
import { createSealedFields } from '../../../src/node/sqlite/stores/rows/sealed-fields.ts'
import { createUserStore } from '../../../src/node/sqlite/stores/user-store.ts'
import { createVaultKeyStore } from '../../../src/node/sqlite/stores/vault-key-store.ts'
import { guardVault } from '../../../src/core/vault/guard/guard-vault.ts'
import { openVault } from '../../../src/core/vault/box/open-vault.ts'
import type { SecretBox, SecretPlace } from '../../../src/core/vault/box/secret-box.ts'
import { fail, type Result } from '../../../src/core/contract/result.ts'

const unlocks = Number(process.argv[2] ?? 7)
const batches = 40
const inBatch = 100
const password = 'a password of four words'

const expectOk = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`)
  return result.value
}
/** An access and an ID token of the usual size, and a refresh token. */
const tokens = [1_100, 900, 43].map((length) => randomBytes(length).toString('base64url').slice(0, length))
const place = (column: string): SecretPlace => ({ userId: 'u', table: 'token_sets', rowId: 't', column })
const places = ['access_token', 'id_token', 'refresh_token'].map(place)

const rawKey = randomBytes(32)
const rawSeal = (text: string): Buffer => {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', rawKey, nonce)
  return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
}
const rawOpen = (sealed: Buffer): string => {
  const cipher = createDecipheriv('aes-256-gcm', rawKey, sealed.subarray(0, 12))
  cipher.setAuthTag(sealed.subarray(-16))
  return Buffer.concat([cipher.update(sealed.subarray(12, -16)), cipher.final()]).toString('utf8')
}

/** Milliseconds of each batch, for one token set. */
const timeOf = (work: () => void): number => {
  const from = performance.now()
  for (let run = 0; run < inBatch; run += 1) work()
  return (performance.now() - from) / inBatch
}

const measureBox = (box: SecretBox) => {
  const sealed = places.map((at, index) => box.seal(at, tokens[index] ?? ''))
  const raw = tokens.map(rawSeal)
  const works = {
    seal: () => places.forEach((at, index) => void box.seal(at, tokens[index] ?? '')),
    open: () => places.forEach((at, index) => void expectOk(box.open(at, sealed[index] ?? new Uint8Array()))),
    rawSeal: () => tokens.forEach((text) => void rawSeal(text)),
    rawOpen: () => raw.forEach((each) => void rawOpen(each)),
  }
  const times = { seal: [], open: [], rawSeal: [], rawOpen: [] } as Record<keyof typeof works, number[]>
  // In turn, so that a busy moment of the computer meets all of them.
  for (let batch = 0; batch < batches; batch += 1)
    for (const name of Object.keys(works) as (keyof typeof works)[]) {
      const time = timeOf(works[name])
      if (batch > 4) times[name].push(time)
    }
  return times
}

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'))
try {
  const db = expectOk(openDatabase(join(folder, 'gatehouse.db')))
  createUserStore(db).add({ id: 'u', username: 'bench', createdAt: 1 })
  const parts = {
    store: createVaultKeyStore(db),
    fields: createSealedFields(db, createConnectionStore(db, createSettingsReader())),
    protector: {
      keyring: async () => ({ available: false, backend: 'basic_text' }),
      wrap: async () => fail('keyring_refused', 'none here'),
      unwrap: async () => fail('keyring_refused', 'none here'),
    },
    crypto: nodeCrypto,
    clock: { now: () => Date.now() },
  }
  const made = expectOk(await openVault('u', parts))
  expectOk(await guardVault(made, parts, { guard: 'password', newPassword: password }))
  const unlock: number[] = []
  const unlockCpu: number[] = []
  for (let run = 0; run <= unlocks; run += 1) {
    const before = process.cpuUsage()
    const from = performance.now()
    const opened = expectOk(await openVault('u', parts, { password }))
    if (run > 0) {
      unlock.push(performance.now() - from)
      const { user, system } = process.cpuUsage(before)
      unlockCpu.push((user + system) / 1000)
    }
    opened.box.lock()
  }
  const opened = expectOk(await openVault('u', parts, { password }))
  process.stdout.write(`${JSON.stringify({ unlock, unlockCpu, ...measureBox(opened.box) })}\n`)
  db.close()
} finally {
  rmSync(folder, { recursive: true, force: true })
}
