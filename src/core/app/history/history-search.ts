import { exchangeDocument } from '../../records/documents/exchange.ts'
import { decodeText, isText } from '../../http/body-text.ts'
import type { ExchangeRecord } from '../../records/model.ts'
import type { Clock, ExchangeStore } from '../../records/ports.ts'
import type { CurrentSession } from '../vault/session.ts'
import { readHistoryQuery } from './history-query.ts'

interface Dependencies {
  session: CurrentSession
  clock: Clock
  exchanges: Pick<ExchangeStore, 'page' | 'get' | 'body'>
  elapsed: () => number
  wait: (milliseconds: number) => Promise<void>
}

type Row = Omit<ExchangeRecord, 'view'>
type Key = { at: number; id: string }

const pageSize = 200
/** Milliseconds of a search after which others get a turn: opening what is sealed takes its time. */
const turn = 10
/** Bytes of a body that are searched, and characters that are kept in memory for the next search. */
const bodyBytes = 65_536
const keptLimit = 16_777_216

/** Finds exchanges by filters and by what is in their address, headers and bodies. Texts are opened when they are first
 *  searched, and stay in memory up to a limit, for the user who is in, up to the lock. */
export function createHistorySearch({ session, clock, exchanges, elapsed, wait }: Dependencies) {
  let texts = new Map<string, string>()
  let textsOf = ''
  let kept = 0

  function textOf(userId: string, id: string): string {
    if (textsOf !== userId) forget()
    textsOf = userId
    const known = texts.get(id)
    if (known !== undefined) return known
    const text = read(userId, id)
    kept += text.length
    texts.set(id, text)
    for (const [oldest, gone] of texts) {
      if (kept <= keptLimit) break
      texts.delete(oldest)
      kept -= gone.length
    }
    return text
  }
  /** Nothing where it does not open. */
  function read(userId: string, id: string): string {
    try {
      const record = exchanges.get(userId, id)
      const view = record && exchangeDocument.read(record.view)
      if (view?.ok !== true) return ''
      const { sent, response } = view.value
      const headers = [...sent.headers, ...(response?.headers ?? [])].map(
        ([name, value]) => `${name}: ${value}`,
      )
      return [
        ...headers,
        sent.bodyText ?? '',
        response?.firstText ?? bodyText(userId, id, response?.contentType),
      ]
        .join('\n')
        .toLowerCase()
    } catch {
      return ''
    }
  }
  function bodyText(userId: string, id: string, contentType = ''): string {
    const body = exchanges.body(userId, id, 0, bodyBytes)
    return body && isText(body.bytes, contentType) ? decodeText(body.bytes, contentType) : ''
  }
  function forget(): void {
    texts = new Map()
    kept = 0
  }

  return {
    /** Newest first; nothing any more where someone locked meanwhile. */
    async search(limit: number, text: string, from: Key | undefined): Promise<Row[]> {
      const userId = session().user.id
      const { words, fits, after, before } = readHistoryQuery(text, clock.now())
      function isMatch(row: Row): boolean {
        if (!fits(row)) return false
        const shown = summaryText(row)
        const further = words.filter((word) => !shown.includes(word))
        if (further.length === 0) return true
        const whole = textOf(userId, row.id)
        return further.every((word) => whole.includes(word))
      }
      const found: Row[] = []
      let at = from
      if (before !== Infinity && (at === undefined || at.at > before)) at = { at: before, id: '' }
      let until = elapsed() + turn
      while (found.length < limit) {
        const page = exchanges.page(userId, pageSize, at)
        for (const row of page) {
          if (row.at < after || found.length >= limit) return found
          if (isMatch(row)) found.push(row)
          if (elapsed() < until) continue
          await wait(0)
          if (session().user.id !== userId) return []
          until = elapsed() + turn
        }
        const last = page.at(-1)
        if (last === undefined || page.length < pageSize) return found
        at = { at: last.at, id: last.id }
      }
      return found
    },
    forget,
  }
}

/** What a row of the history shows. */
function summaryText({ method, url, accountName = '', status, errorCode = '' }: Row): string {
  return `${method} ${url} ${accountName} ${status ?? 'failed'} ${errorCode}`.toLowerCase()
}

export type HistorySearch = ReturnType<typeof createHistorySearch>
