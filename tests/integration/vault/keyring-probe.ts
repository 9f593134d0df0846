/** A small Electron program for keyring.test.ts: opens the vault of a profile with the real safeStorage, and seals
 *  a text into it or opens what an earlier run sealed. Answers one line of JSON. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { app, safeStorage } from 'electron'
import { nodeCrypto } from '../../../src/node/crypto/node-crypto.ts'
import { createSafeStorageProtector } from '../../../src/main/system/key-protector.ts'
import { openDatabase } from '../../../src/node/sqlite/open.ts'
import { createUserStore } from '../../../src/node/sqlite/stores/user-store.ts'
import { createVaultKeyStore } from '../../../src/node/sqlite/stores/vault-key-store.ts'
import { openVault } from '../../../src/core/vault/box/open-vault.ts'

const place = { userId: 'u1', table: 'token_sets', rowId: 't1', column: 'access_token' }

const probe = async (profile: string): Promise<unknown> => {
  const db = openDatabase(join(profile, 'gatehouse.db'))
  if (!db.ok) return db
  const users = createUserStore(db.value)
  if (users.list().length === 0) users.add({ id: 'u1', username: 'ann', createdAt: 1 })
  const opened = await openVault('u1', {
    store: createVaultKeyStore(db.value),
    protector: createSafeStorageProtector(safeStorage, process.platform),
    fields: { replace: () => undefined },
    crypto: nodeCrypto,
    clock: { now: () => Date.now() },
  })
  if (!opened.ok) return opened
  const { box, trouble } = opened.value
  const file = join(profile, 'sealed')
  if (!existsSync(file)) writeFileSync(file, box.seal(place, 'the token'))
  const text = box.open(place, readFileSync(file))
  const { kind, backend } = box.protection()
  db.value.close()
  return { kind, backend, trouble: trouble?.code, text: text.ok ? text.value : text.error.code }
}

const profile = app.commandLine.getSwitchValue('user-data-dir')
void app.whenReady().then(async () => {
  try {
    process.stdout.write(`${JSON.stringify(await probe(profile))}\n`)
  } catch (error) {
    process.stdout.write(`${JSON.stringify({ defect: String(error) })}\n`)
  }
  app.exit(0)
})
