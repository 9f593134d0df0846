import type {
  BodyCell,
  BodyFind,
  BodyRows,
  BodySearch,
  BodyState,
  BodyTableAsked,
  TablePage,
} from '@contract/bodies'
import { fail, ok, type Result } from '@contract/result'
import type { BodySecrets, BodyShelf, ShelvedBody } from '../../../records/body-shelf.ts'
import type { BodySink } from '../../../records/body-sink.ts'
import { failureIn } from '../../../text/expected-failure.ts'
import type { CurrentSession } from '../../vault/session.ts'
import type { LateExchanges } from '../late-exchanges.ts'

/** Long bodies of the user who is in. */
export interface LongBodies {
  begin: (id: string, contentType: string, secrets: BodySecrets) => BodySink
  /** How far a body is. One that is in the history alone is taken from there. */
  open: (asked: { id: string; contentType: string }) => Result<BodyState>
  rows: (asked: BodyRows) => Promise<Result<string[]>>
  table: (asked: BodyTableAsked) => Promise<Result<TablePage>>
  fold: (asked: { id: string; line: number }) => Promise<Result<{ to: number }>>
  cell: (asked: BodyCell) => Promise<Result<string>>
  /** A part of what has come, where the body is on the shelf. */
  bytes: (id: string, offset: number, length: number) => Promise<Result<Uint8Array>> | undefined
  state: (id: string) => BodyState | undefined
  search: (asked: BodySearch) => Promise<Result<BodyFind>>
  stopSearch: (asked: { id: string }) => Result<null>
  /** Makes a body of what a JSONPath leads to in another; it is released by its own id. */
  filter: (asked: { id: string; path: string }) => Promise<Result<{ id: string }>>
  node: (asked: { id: string; line: number }) => Promise<Result<{ path: string; value: string }>>
  shelved: (id: string) => ShelvedBody | undefined
  release: (id: string) => void
  forget: () => void
  warm: () => void
}

interface Dependencies {
  session: CurrentSession
  shelf: BodyShelf
  exchanges: Pick<LateExchanges, 'body'>
  wait: (milliseconds: number) => Promise<void>
  newId: () => string
}

const pieceSize = 262_144

/** Codes: `body_gone`, those of the disk (`body_disk`, `body_disk_full`), of searches (`pattern_unfit`), of filters
 *  (`path_unfit`) and of copying
 *  (`body_too_large`). */
export function createLongBodies({ session, shelf, exchanges, wait, newId }: Dependencies): LongBodies {
  const owners = new Map<string, string>()

  function isMine(id: string): boolean {
    return owners.get(id) === session().user.id
  }
  /** Puts what the history has on the shelf; it was covered when it came. */
  async function take(id: string, userId: string, sink: BodySink, total: number): Promise<void> {
    try {
      for (let offset = 0; offset < total; offset += pieceSize) {
        const piece = session().user.id === userId ? exchanges.body(userId, id, offset, pieceSize) : undefined
        if (piece === undefined) break
        await sink.write(piece.bytes)
        await wait(0)
      }
    } catch (thrown) {
      // The state tells what the disk refused; someone may have locked meanwhile.
      if (failureIn(thrown) === undefined) throw thrown
    } finally {
      sink.end()
    }
  }

  return {
    begin: (id, contentType, secrets) => {
      shelf.release(id)
      owners.set(id, session().user.id)
      return shelf.begin({ id, contentType, secrets })
    },
    open: ({ id, contentType }) => {
      const state = isMine(id) ? shelf.state(id) : undefined
      if (state !== undefined) return ok(state)
      const userId = session().user.id
      const first = exchanges.body(userId, id, 0, 1)
      if (first === undefined) return gone
      owners.set(id, userId)
      const sink = shelf.begin({ id, contentType })
      void take(id, userId, sink, first.total)
      return ok({ id, received: 0, size: 0, whole: false })
    },
    rows: async (asked) => (isMine(asked.id) ? shelf.rows(asked) : gone),
    table: async (asked) => (isMine(asked.id) ? shelf.table(asked) : gone),
    fold: async (asked) => (isMine(asked.id) ? shelf.fold(asked) : gone),
    cell: async (asked) => (isMine(asked.id) ? shelf.cell(asked) : gone),
    bytes: (id, offset, length) =>
      isMine(id) && shelf.state(id) !== undefined ? shelf.bytes(id, offset, length) : undefined,
    state: (id) => (isMine(id) ? shelf.state(id) : undefined),
    search: async (asked) => (isMine(asked.id) ? shelf.search(asked) : gone),
    stopSearch: ({ id }) => {
      if (isMine(id)) shelf.stopSearch(id)
      return ok(null)
    },
    filter: async ({ id: from, path }) => {
      if (!isMine(from) || shelf.state(from) === undefined) return gone
      const read = await shelf.checkPath(from, path)
      if (!read.ok) return read
      if (!isMine(from)) return gone
      const id = newId()
      owners.set(id, session().user.id)
      shelf.filter({ from, id, path })
      return ok({ id })
    },
    node: async ({ id, line }) => (isMine(id) ? shelf.node(id, line) : gone),
    shelved: (id) => (isMine(id) ? shelf.open(id) : undefined),
    release: (id) => {
      owners.delete(id)
      shelf.release(id)
    },
    forget: () => {
      owners.clear()
      shelf.forget()
    },
    warm: () => shelf.warm(),
  }
}

const gone = fail(
  'body_gone',
  'This body is no longer available.',
  'Send the request again to get all of it.',
)
