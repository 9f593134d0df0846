import { defined } from '@contract/defined'
import type { UnreadableExchange } from '@contract/tables/unreadable-exchanges'
import type { ExchangeRecord } from '../../../core/records/model.ts'
import { parseJson } from '../../../core/text/parse-json.ts'
import { openPart, sealPart, type HistoryKeys } from '../../../core/vault/box/history-keys.ts'
import type { VaultCrypto } from '../../../core/vault/box/vault-crypto.ts'
import type { Database } from '../database.ts'
import { readRow } from '../stores/rows/row.ts'

/** What a list shows of an exchange, with what opens the rest; that is missing where the head does not open, and the
 *  list shows why (`exchange_*`). */
export interface Head {
  summary: Omit<ExchangeRecord, 'view'>
  key?: Uint8Array
  /** Bytes of the body, absent where there is none. */
  bodySize?: number | undefined
}

type Known = Pick<Head['summary'], 'id' | 'userId' | 'at' | 'status'>

const keyLength = 32

/** Seals and opens the heads of exchanges: the key of the parts, and behind it what a list shows. */
export function createHeads(history: Database, keys: HistoryKeys, crypto: VaultCrypto) {
  /** What is beside the head in plain and never changes can't be changed unnoticed. */
  const place = ({ userId, id, at, status }: Known, keyId: string): string[] => [
    'head',
    userId,
    id,
    keyId,
    String(at),
    String(status ?? ''),
  ]

  return {
    seal({ summary, key, bodySize }: Head & { key: Uint8Array }): { keyId: string; head: Uint8Array } {
      const { userId, method, url, accountId, accountName, tokenExpiresAt, duration, errorCode, unchecked } =
        summary
      const current = keys.current(userId)
      const text = new TextEncoder().encode(
        JSON.stringify({
          method,
          url,
          accountId,
          accountName,
          tokenExpiresAt,
          duration,
          errorCode,
          unchecked,
          bodySize,
        }),
      )
      const plain = new Uint8Array(keyLength + text.byteLength)
      plain.set(key)
      plain.set(text, keyLength)
      const head = sealPart(crypto, current.bytes, place(summary, current.id), plain)
      plain.fill(0)
      return { keyId: current.id, head }
    },
    open(row: unknown): Head {
      const read = readRow(history, row)
      const [userId, id, keyId] = [read.text('user_id'), read.text('id'), read.text('key_id')]
      const known = {
        id,
        userId,
        at: read.number('at'),
        ...defined({
          requestId: read.optionalText('request_id'),
          status: read.optionalNumber('status'),
          pinned: read.number('pinned') === 1 ? (true as const) : undefined,
        }),
      }
      const key = keys.find(userId, keyId)
      const plain = key && openPart(crypto, key.bytes, place(known, keyId), read.bytes('head'))
      const parsed = plain && parseJson(new TextDecoder().decode(plain.subarray(keyLength)))
      if (plain === undefined || parsed === undefined) {
        const errorCode: UnreadableExchange = key === undefined ? 'exchange_key_missing' : 'exchange_damaged'
        return { summary: { ...known, method: '', url: '', errorCode } }
      }
      const words = parsed.value as Record<string, unknown>
      const text = (name: string) => (typeof words[name] === 'string' ? words[name] : undefined)
      const number = (name: string) => (typeof words[name] === 'number' ? words[name] : undefined)
      return {
        key: plain.slice(0, keyLength),
        bodySize: number('bodySize'),
        summary: {
          ...known,
          method: text('method') ?? '',
          url: text('url') ?? '',
          ...defined({
            accountId: text('accountId'),
            accountName: text('accountName'),
            tokenExpiresAt: number('tokenExpiresAt'),
            duration: number('duration'),
            errorCode: text('errorCode'),
            unchecked: words['unchecked'] === true ? (true as const) : undefined,
          }),
        },
      }
    },
  }
}
