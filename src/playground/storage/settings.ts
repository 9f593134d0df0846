import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto'
import type { PlaygroundDatabase } from './database.ts'

/**
 * Seals what the provider stores and hashes what it is looked up by, so that no token, cookie or private key
 * is in plain text in the database or its WAL. The key lies in the same file: whoever may read the whole
 * folder can open it. For the Playground's throw-away accounts that is enough.
 */
export type Sealer = {
  seal: (plain: string, context: string) => Buffer
  open: (sealed: Uint8Array, context: string) => string
  hash: (text: string) => Buffer
}

export type PlaygroundSettings = {
  cookieKeys: string[]
  sealer: Sealer
  /** Tells whether a text is the same as before, without keeping it. */
  mark: (text: string) => Buffer
  /** A secret that is made on the first start and kept. */
  secret: (name: string) => { secret: string; isNew: boolean }
}

const nonceLength = 12
const tagLength = 16

/** Reads the Playground's own secrets, making them on the first start. */
export function loadSettings(database: PlaygroundDatabase): PlaygroundSettings {
  const insert = database.prepare('INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING')
  const select = database.prepare('SELECT value FROM settings WHERE name = ?')
  function kept(name: string, made: Uint8Array = randomBytes(32)): Buffer {
    insert.run(name, made)
    return Buffer.from((select.get(name) as { value: Uint8Array }).value)
  }
  const key = kept('sealing-key')
  const sealer = createSealer(key)
  return {
    cookieKeys: [kept('cookie-key').toString('base64url')],
    sealer,
    mark: (text) => createHmac('sha256', key).update(text).digest(),
    secret: (name) => {
      const made = randomBytes(18).toString('base64url')
      const secret = sealer.open(kept(name, sealer.seal(made, name)), name)
      return { secret, isNew: secret === made }
    },
  }
}

function createSealer(key: Buffer): Sealer {
  return {
    seal: (plain, context) => {
      const nonce = randomBytes(nonceLength)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context))
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), body])
    },
    open: (bytes, context) => {
      const sealed = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceLength), {
        authTagLength: tagLength,
      })
      decipher.setAAD(Buffer.from(context))
      decipher.setAuthTag(sealed.subarray(nonceLength, nonceLength + tagLength))
      return (
        decipher.update(sealed.subarray(nonceLength + tagLength), undefined, 'utf8') + decipher.final('utf8')
      )
    },
    hash: (text) => createHash('sha256').update(text).digest(),
  }
}
