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
import type { LongBodies } from './long-bodies.ts'

interface Range {
  id: string
  offset: number
  length: number
}
type ReadRange = (asked: Range) => Result<{ bytes: Uint8Array; total: number }>

interface Dependencies {
  bodies: LongBodies | undefined
  /** As the history has it. */
  stored: ReadRange
  copyText: (text: string) => Promise<void>
}

/** What a window offers about long bodies: their lines, searches, copies. Codes: those of `createLongBodies`. */
export function createBodyDesk({ bodies, stored, copyText }: Dependencies) {
  return {
    /** A part of a body, wherever that is. */
    async range(asked: Range): Promise<ReturnType<ReadRange>> {
      const shelved = await bodies?.bytes(asked.id, asked.offset, asked.length)
      if (shelved?.ok !== true) return stored(asked)
      return ok({ bytes: shelved.value, total: bodies?.state(asked.id)?.size ?? 0 })
    },
    open: (asked: { id: string; contentType: string }): Result<BodyState> => bodies?.open(asked) ?? noShelf,
    rows: async (asked: BodyRows): Promise<Result<string[]>> => bodies?.rows(asked) ?? noShelf,
    table: async (asked: BodyTableAsked): Promise<Result<TablePage>> => bodies?.table(asked) ?? noShelf,
    fold: async (asked: { id: string; line: number }): Promise<Result<{ to: number }>> =>
      bodies?.fold(asked) ?? noShelf,
    /** Copies a value or a row of a table. */
    async copyCell(asked: BodyCell): Promise<Result<null>> {
      const text = await bodies?.cell(asked)
      if (text === undefined) return noShelf
      if (!text.ok) return text
      await copyText(text.value)
      return ok(null)
    },
    search: async (asked: BodySearch): Promise<Result<BodyFind>> => bodies?.search(asked) ?? noShelf,
    filter: async (asked: { id: string; path: string }): Promise<Result<{ id: string }>> =>
      bodies?.filter(asked) ?? noShelf,
    stopSearch: (asked: { id: string }): Result<null> => bodies?.stopSearch(asked) ?? ok(null),
    /** Copies the path or the value at a line. */
    async copy(asked: { id: string; line: number; what: 'path' | 'value' }): Promise<Result<null>> {
      const node = await bodies?.node(asked)
      if (node === undefined) return noShelf
      if (!node.ok) return node
      await copyText(node.value[asked.what])
      return ok(null)
    },
  }
}

const noShelf = fail('body_gone', 'Long bodies are not kept here.')
