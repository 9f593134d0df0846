import { chacha20poly1305 } from '@noble/ciphers/chacha.js'
import { Decrypter, Encrypter, Stanza, type Identity, type Recipient } from 'age-encryption'
import { fail, ok, type Result } from '@contract/result'
import type { Pacer } from '../../core/text/pacer.ts'
import type { SecretFile } from '../../core/vault/transfer/secret-file.ts'
import { affordable, scryptMemory, type ScryptParameters } from '../../core/vault/box/vault-crypto.ts'
import { nodeCrypto } from './node-crypto.ts'

/** What age itself takes: N=2^18, 256 MiB. */
const ageCost = 18
const label = Buffer.from('age-encryption.org/v1/scrypt')

/** One file under one password, in the age format: `age --decrypt` opens it too. */
export function createAgeFile(cost = ageCost): SecretFile {
  return {
    encrypt: (plain, password) => {
      const encrypter = new Encrypter()
      encrypter.addRecipient(recipient(password, cost))
      return encrypter.encrypt(plain)
    },
    decrypt: async (file, password, pacer): Promise<Result<Uint8Array>> => {
      const unfit = unfitHeader(file)
      if (unfit !== undefined) return unreadable(unfit)
      const asked = askedCost(file)
      if (asked !== undefined && !affordable(costOf(asked)))
        return fail(
          'export_too_costly',
          `To check its password, the file requires more memory (scrypt, N=2^${asked}) than the ${scryptMemory / 2 ** 20} MiB that Gatehouse allows.`,
          'Choose a file that Gatehouse exported. Others can be decrypted with age and encrypted again.',
        )
      const progress: Progress = { reached: 'header' }
      const decrypter = new Decrypter()
      decrypter.addIdentity(identity(password, progress))
      try {
        const plain = await decrypter.decrypt(inPieces(file, pacer))
        progress.reached = 'content'
        return ok(await readAll(plain, file.byteLength))
      } catch {
        return progress.reached === 'refused'
          ? fail(
              'export_password_wrong',
              'This password does not open the file.',
              'Check the password and the file.',
            )
          : unreadable(stoppedAt[progress.reached])
      }
    },
  }
}

/** How far the library came with a file: its errors have no codes, and its words are for programmers. */
interface Progress {
  reached: 'header' | 'recipient' | 'costs' | 'refused' | 'opened' | 'content'
}

const stoppedAt: Record<Exclude<Progress['reached'], 'refused'>, string> = {
  header: 'its header is not that of an age file',
  recipient: 'it was not encrypted with a password',
  costs: 'its password is derived in a way that Gatehouse does not support',
  opened: 'its header was changed, or it is truncated',
  content: 'its content was changed or is truncated',
}

function unreadable(why: string) {
  return fail('export_unreadable', `The file is damaged or not an export (${why}).`, 'Choose another file.')
}

/** Bytes that are decrypted at once: one of age's own chunks. */
const pieceLength = 65_536

/** The file as a stream that waits for its turn: the cipher runs in JavaScript on this thread. */
function inPieces(file: Uint8Array, pacer: Pacer | undefined): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = 0
  return new ReadableStream(
    {
      pull: async (controller) => {
        if (pacer?.isDue() === true) await pacer.turn()
        const piece = Uint8Array.from(file.subarray(at, at + pieceLength))
        at += piece.byteLength
        if (piece.byteLength > 0) controller.enqueue(piece)
        else controller.close()
      },
    },
    { highWaterMark: 0 },
  )
}

/** All bytes of a stream that has at most so many. */
async function readAll(stream: ReadableStream<Uint8Array>, most: number): Promise<Uint8Array> {
  const whole = new Uint8Array(most)
  let at = 0
  for await (const piece of stream) {
    whole.set(piece, at)
    at += piece.byteLength
  }
  return whole.subarray(0, at)
}

/** Bytes of a header with one scrypt recipient: some 150. */
const longestHeader = 1024

/** The scrypt cost that a header names; `undefined` where it names none. */
function askedCost(file: Uint8Array): number | undefined {
  const start = Buffer.from(file.subarray(0, longestHeader)).toString('latin1')
  const cost = /\n-> scrypt \S{1,64} (\d{1,10})\n/.exec(start)?.[1]
  return cost === undefined ? undefined : Number(cost)
}

function costOf(cost: number): ScryptParameters {
  return { cost, blockSize: 8, parallelization: 1 }
}

/** What is wrong with a file's header, looked at before the library takes it apart: it would read any number of
 *  recipients. An export has exactly one, a password. */
function unfitHeader(file: Uint8Array): string | undefined {
  const start = Buffer.from(file.subarray(0, longestHeader)).toString('latin1')
  const end = start.indexOf('\n---')
  if (end === -1) return 'its header is incomplete'
  const recipients = start.slice(0, end).split('\n-> ').slice(1)
  if (recipients.length !== 1) return `it has ${recipients.length} recipients, an export has one`
  return undefined
}

/** Wraps age's file key (age-encryption.org/v1, "The scrypt recipient type"). The library has this too, but
 *  in JavaScript on this thread, where it holds up the window for seconds. */
function derive(passphrase: string, salt: Uint8Array, cost: number): Promise<Uint8Array> {
  return nodeCrypto.scrypt(
    Buffer.from(passphrase.normalize('NFC')),
    Buffer.concat([label, salt]),
    costOf(cost),
    32,
  )
}
const nonce = new Uint8Array(12)
function toText(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replaceAll('=', '')
}

function recipient(passphrase: string, cost: number): Recipient {
  return {
    wrapFileKey: async (fileKey) => {
      const salt = nodeCrypto.randomBytes(16)
      const key = await derive(passphrase, salt, cost)
      const body = chacha20poly1305(key, nonce).encrypt(fileKey)
      return [new Stanza(['scrypt', toText(salt), String(cost)], body)]
    },
  }
}

function identity(passphrase: string, progress: Progress): Identity {
  return {
    unwrapFileKey: async (stanzas) => {
      const [stanza, ...more] = stanzas
      const [type, salt = '', cost = ''] = stanza?.args ?? []
      progress.reached = 'recipient'
      if (stanza === undefined || more.length > 0 || type !== 'scrypt' || stanza.args.length !== 3)
        return null
      progress.reached = 'costs'
      if (!/^[A-Za-z0-9+/]{22}$/.test(salt) || !/^[1-9]\d?$/.test(cost) || !affordable(costOf(Number(cost))))
        return null
      const key = await derive(passphrase, Buffer.from(salt, 'base64'), Number(cost))
      progress.reached = 'refused'
      try {
        const fileKey = chacha20poly1305(key, nonce).decrypt(stanza.body)
        progress.reached = 'opened'
        return fileKey
      } catch {
        return null
      }
    },
  }
}
