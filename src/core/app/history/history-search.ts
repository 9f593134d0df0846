import { exchangeText, searchedBytes, summaryText } from '../../http/exchange-text.ts'
import { decodeText, isText } from '../../http/body-text.ts'
import { exchangeDocument } from '../../records/documents/exchange.ts'
import type { ExchangeRecord } from '../../records/model.ts'
import type { Clock, ExchangeStore } from '../../records/ports.ts'
import type { CurrentSession } from '../vault/session.ts'
import { readHistoryQuery } from './history-query.ts'

interface Dependencies {
  session: CurrentSession
  clock: Clock
  exchanges: Pick<ExchangeStore, 'find' | 'searchable' | 'get' | 'body'>
  elapsed: () => number
  wait: (milliseconds: number) => Promise<void>
}

type Row = Omit<ExchangeRecord, 'view'>
type Key = { at: number; id: string }

/** What was found, and how many exchanges are not looked up yet. */
export interface Found {
  rows: Row[]
  waiting: number
}

/** Milliseconds of a search after which others get a turn: opening what is sealed takes its time. */
const turn = 10
/** Exchanges that are opened by one search at most, where what was looked up does not tell whether they fit. */
const mostOpened = 20_000
/** Characters of opened texts that are kept in memory for the next search. */
const keptLimit = 16_777_216

/** Finds exchanges by filters and by what is in their address, headers and bodies: by the words that the store looks up.
 *  What has to be compared beyond that, a phrase or a sign within a word, is opened for it, and stays in memory up to a
 *  limit, for the user who is in, up to the lock. */
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
      return exchangeText(view.value, (contentType) => bodyText(userId, id, contentType)).toLowerCase()
    } catch {
      return ''
    }
  }
  function bodyText(userId: string, id: string, contentType: string): string {
    const body = exchanges.body(userId, id, 0, searchedBytes)
    return body && isText(body.bytes, contentType) ? decodeText(body.bytes, contentType) : ''
  }
  function forget(): void {
    texts = new Map()
    kept = 0
  }

  return {
    /** Newest first; nothing any more where someone locked meanwhile. */
    async search(limit: number, text: string, from: Key | undefined): Promise<Found> {
      const userId = session().user.id
      const { words, unsure, fits, plan } = readHistoryQuery(text, clock.now())
      let opened = 0
      function isMatch(row: Row, whole: boolean): boolean {
        if (!fits(row)) return false
        const shown = summaryText(row).toLowerCase()
        const further = (whole ? unsure : words).filter((word) => !shown.includes(word))
        if (further.length === 0) return true
        opened += 1
        const all = textOf(userId, row.id)
        return further.every((word) => all.includes(word))
      }
      const rows: Row[] = []
      const waiting = await exchanges.searchable(userId)
      if (session().user.id !== userId) return nothing
      let until = elapsed() + turn
      for (const found of exchanges.find(userId, plan, from)) {
        if (found !== undefined && isMatch(found.row, found.whole)) rows.push(found.row)
        if (rows.length >= limit || opened >= mostOpened) break
        if (elapsed() < until) continue
        await wait(0)
        if (session().user.id !== userId) return nothing
        until = elapsed() + turn
      }
      return { rows, waiting }
    },
    forget,
  }
}

const nothing: Found = { rows: [], waiting: 0 }

export type HistorySearch = ReturnType<typeof createHistorySearch>
