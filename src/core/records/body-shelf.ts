import type {
  BodyCell,
  BodyRows,
  BodyState,
  BodySearch,
  BodyFind,
  BodyTableAsked,
  TablePage,
} from '@contract/bodies'
import type { Result } from '@contract/result'
import type { KnownSecret } from '../secrecy/scrub.ts'
import type { BodySink } from './body-sink.ts'

/** What must not be read in a body that comes. */
export interface BodySecrets {
  known: KnownSecret[]
  /** Values too short to be looked for, by the names that they were sent with. */
  short: ReadonlyMap<string, string>
}

/** A body on the shelf, as the history copies it. */
export interface ShelvedBody {
  readonly byteLength: number
  /** At once; fewer bytes where they can't be had any more. */
  subarray: (from: number, to: number) => Uint8Array
  /** Whether all of it can be read, and when. Fails where it never can. */
  isWhole: () => boolean
  whole: Promise<void>
  /** It is not needed here any more. */
  done: () => void
}

/** Long bodies and slow ones, outside of memory, each under the number of its exchange. What is asked of a body that is
 *  not there is answered with `body_gone`. */
export interface BodyShelf {
  /** Begins a body; `secrets` left out, nothing in it is covered. The sink fails with the codes of the disk. */
  begin: (about: { id: string; contentType: string; secrets?: BodySecrets }) => BodySink
  state: (id: string) => BodyState | undefined
  rows: (asked: BodyRows) => Promise<Result<string[]>>
  /** Rows of a body that is a table. */
  table: (asked: BodyTableAsked) => Promise<Result<TablePage>>
  /** A value or a row of a table, all of it; a long one is refused (`body_too_large`). */
  cell: (asked: BodyCell) => Promise<Result<string>>
  /** A part of a body of which all or some has come. */
  bytes: (id: string, offset: number, length: number) => Promise<Result<Uint8Array>>
  search: (asked: BodySearch) => Promise<Result<BodyFind>>
  /** The line where the object or list ends that begins at a line of JSON. Code: `body_open`, its end has not come. */
  fold: (asked: { id: string; line: number }) => Promise<Result<{ to: number }>>
  /** The path and the value at a line of JSON; a long value is refused (`body_too_large`). */
  node: (id: string, line: number) => Promise<Result<{ path: string; value: string }>>
  stopSearch: (id: string) => void
  /** Whether a path can be used to filter a body. Code: `path_unfit`. */
  checkPath: (id: string, path: string) => Promise<Result<null>>
  /** Makes a body of what a path leads to in another, which has to be here. */
  filter: (asked: { from: string; id: string; path: string }) => void
  open: (id: string) => ShelvedBody | undefined
  /** Takes a body off the shelf as soon as nothing reads it. */
  release: (id: string) => void
  forget: () => void
  /** Loads what it needs. */
  warm: () => void
  close: () => Promise<void>
}
