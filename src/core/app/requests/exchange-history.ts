import { defined } from '@contract/defined'
import type { ExchangePage, ExchangeSummary, ExchangeView } from '@contract/requests'
import { fail, ok, type Result } from '@contract/result'
import { bodyName } from '../../http/body-name.ts'
import { decodeText, firstText, firstTextLimit } from '../../http/body-text.ts'
import { exchangeDocument } from '../../records/documents/exchange.ts'
import type { ExchangeRecord } from '../../records/model.ts'
import type { ShelvedBody } from '../../records/body-shelf.ts'
import type { HistorySearch } from '../history/history-search.ts'
import type { Bin } from '../bin/bin.ts'
import type { CurrentSession } from '../vault/session.ts'
import type { HeldParts } from './held/held-parts.ts'
import type { LateExchanges } from './late-exchanges.ts'
import type { LongBodies } from './long/long-bodies.ts'

/** A stored body, read piece by piece. */
export interface StoredBody {
  contentType: string
  total: number
  pieces: Iterable<Uint8Array>
}

/** Where a body goes that the user wants in a file: `undefined` where the dialog was canceled. Codes:
 *  `save_failed`. */
export type SaveBody = (
  name: string,
  pieces: Iterable<Uint8Array>,
) => Promise<Result<{ file: string } | undefined>>

interface Dependencies {
  session: CurrentSession
  exchanges: LateExchanges
  heldParts: Pick<HeldParts, 'mark'>
  copyText: (text: string) => Promise<void>
  saveBody: SaveBody
  bin: Pick<Bin, 'discard' | 'discardAll'>
  changed: (area: 'exchanges') => void
  /** Bodies that are on the disk while a tab shows them, whole where the history has a part. */
  longBodies?: LongBodies | undefined
  search: HistorySearch['search']
}

type Key = { at: number; id: string }

const pieceSize = 262_144
/** What a clipboard is given at most, in bytes. */
const copyLimit = 16_777_216

/** The history of exchanges. Codes: `exchange_unknown`, `body_too_large`, `save_failed`. */
export function createExchangeHistory({
  session,
  exchanges,
  heldParts,
  copyText,
  saveBody,
  bin,
  changed,
  longBodies,
  search,
}: Dependencies) {
  /** The first of the text is in the body alone. */
  function withFirstText(userId: string, view: ExchangeView): ExchangeView {
    const { response } = view
    if (!response || response.firstText !== undefined) return view
    const body = exchanges.body(userId, view.id, 0, firstTextLimit)
    const text = body && firstText(body.bytes, response.contentType)
    return { ...view, response: { ...response, ...defined({ firstText: text }) } }
  }

  /** All of a body that is on the disk while it is shown. */
  function* shelvedPieces(shelved: ShelvedBody): Iterable<Uint8Array> {
    try {
      for (let offset = 0; offset < shelved.byteLength; offset += pieceSize) {
        const piece = shelved.subarray(offset, offset + pieceSize)
        if (piece.length === 0) return
        yield piece
      }
    } finally {
      shelved.done()
    }
  }

  function open(id: string): (StoredBody & { url: string }) | undefined {
    const userId = session().user.id
    const record = exchanges.get(userId, id)
    const first = record && exchanges.body(userId, id, 0, 1)
    const state = longBodies?.state(id)
    const shelved = record && state?.whole === true ? longBodies?.shelved(id) : undefined
    if (record && shelved) {
      const { byteLength: total } = shelved
      return { url: record.url, contentType: typeOf(record), total, pieces: shelvedPieces(shelved) }
    }
    if (!record || !first) return undefined
    function* pieces(): Iterable<Uint8Array> {
      for (let offset = 0; offset < (first?.total ?? 0); offset += pieceSize) {
        // Read when it is wanted: someone else may have unlocked in the meantime.
        const piece = session().user.id === userId && exchanges.body(userId, id, offset, pieceSize)
        if (!piece) return
        yield piece.bytes
      }
    }
    return { url: record.url, contentType: typeOf(record), total: first.total, pieces: pieces() }
  }
  /** The body is beside the view: it can be had where the view cannot be read. */
  function typeOf(record: ExchangeRecord): string {
    const view = exchangeDocument.read(record.view)
    return (view.ok ? view.value.response?.contentType : undefined) ?? ''
  }
  /** As `open`, once all of the body can be read: the exchange of one that has just come is written down a moment later. */
  async function openWhole(id: string): Promise<ReturnType<typeof open>> {
    const coming = longBodies?.shelved(id)
    await coming?.whole.catch(() => undefined)
    coming?.done()
    if (coming !== undefined) await exchanges.coming(session().user.id, id)
    return open(id)
  }

  /** Not kept, for a reason that is known, or gone since. */
  function missing(id: string): Result<never> {
    const failure = exchanges.lost(id)
    if (failure === undefined) return gone()
    const message = `This response was not kept in the history. ${failure.message}`
    return fail(failure.code, message, failure.next)
  }

  return {
    list(input: { limit: number; before?: Key | undefined }): Result<ExchangeSummary[]> {
      return ok(exchanges.page(session().user.id, input.limit, input.before).map(summarise))
    },
    /** The same, of those that fit a search (`readHistoryQuery`). */
    async find(input: {
      limit: number
      before?: Key | undefined
      search?: string | undefined
    }): Promise<Result<ExchangePage>> {
      const text = input.search?.trim() ?? ''
      if (text === '') {
        const listed = this.list(input)
        return listed.ok ? ok({ rows: listed.value }) : listed
      }
      const { rows, waiting } = await search(input.limit, text, input.before)
      return ok({ rows: rows.map(summarise), ...(waiting > 0 && { waiting }) })
    },
    get({ id }: { id: string }): Result<ExchangeView> {
      const userId = session().user.id
      const record = exchanges.get(userId, id)
      if (!record) return gone()
      const view = exchangeDocument.read(record.view)
      if (!view.ok) return view
      return ok(heldParts.mark(withFirstText(userId, { ...view.value, ...summarise(record) })))
    },
    body(input: {
      id: string
      offset: number
      length: number
    }): Result<{ bytes: Uint8Array; total: number }> {
      const range = exchanges.body(session().user.id, input.id, input.offset, input.length)
      return range ? ok(range) : missing(input.id)
    },
    openWhole,
    async copyBody({ id }: { id: string }): Promise<Result<null>> {
      const body = await openWhole(id)
      if (!body) return missing(id)
      if (body.total > copyLimit) {
        return fail('body_too_large', 'The body is too large for the clipboard.', 'Save it to a file.')
      }
      const bytes = new Uint8Array(body.total)
      let filled = 0
      for (const piece of body.pieces) {
        bytes.set(piece, filled)
        filled += piece.byteLength
      }
      await copyText(decodeText(bytes, body.contentType))
      return ok(null)
    },
    async copyFact({ id, label }: { id: string; label: string }): Promise<Result<null>> {
      const record = exchanges.get(session().user.id, id)
      if (!record) return gone()
      const view = exchangeDocument.read(record.view)
      if (!view.ok) return view
      const text = view.value.refusal?.facts.find((fact) => fact.label === label)?.text
      if (text === undefined) return gone()
      await copyText(text)
      return ok(null)
    },
    async saveBody({ id }: { id: string }): Promise<Result<{ file: string | null }>> {
      const body = await openWhole(id)
      if (!body) return missing(id)
      const saved = await saveBody(bodyName(body.url, body.contentType), body.pieces)
      return saved.ok ? ok({ file: saved.value?.file ?? null }) : saved
    },
    /** One that is pinned stays when the history lets its oldest go. */
    pin({ id, pinned }: { id: string; pinned: boolean }): Result<null> {
      const userId = session().user.id
      if (!exchanges.summary(userId, id)) return gone()
      exchanges.pin(userId, id, pinned)
      changed('exchanges')
      return ok(null)
    },
    remove({ id }: { id: string }): Result<null> {
      const found = exchanges.summary(session().user.id, id)
      if (!found) return ok(null)
      exchanges.flush()
      bin.discard({ kind: 'exchange', name: nameOf(found) }, [id])
      changed('exchanges')
      return ok(null)
    },
    clear(): Result<null> {
      exchanges.flush()
      bin.discardAll({ kind: 'history', name: 'All history' })
      changed('exchanges')
      return ok(null)
    },
  }
}

function gone() {
  return fail('exchange_unknown', 'This exchange is no longer in the history.')
}

function nameOf({ method, url }: Omit<ExchangeRecord, 'view'>): string {
  return url === '' ? 'An exchange that can’t be opened' : `${method} ${url}`.slice(0, 200)
}

function summarise(record: Omit<ExchangeRecord, 'view'>): ExchangeSummary {
  return {
    id: record.id,
    at: record.at,
    method: record.method,
    url: record.url,
    ...defined({
      requestId: record.requestId,
      accountName: record.accountName,
      status: record.status,
      duration: record.duration,
      errorCode: record.errorCode,
      unchecked: record.unchecked,
      pinned: record.pinned,
    }),
  }
}
