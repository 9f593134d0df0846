import type {
  BodyCell,
  BodyFind,
  BodyRows,
  BodySearch,
  BodyState,
  BodyTableAsked,
  TablePage,
} from '@contract/bodies'
import { fail, type Failure } from '@contract/result'
import type { BodySecrets } from '../../core/records/body-shelf.ts'

/** What the thread is told; nothing comes back but states and used buffers. */
export type Told =
  | {
      kind: 'begin'
      id: string
      file: string
      key: Uint8Array
      contentType: string
      secrets: BodySecrets | undefined
    }
  | { kind: 'piece'; id: string; bytes: ArrayBuffer; length: number }
  | { kind: 'end'; id: string }
  | { kind: 'stop-search'; id: string }
  /** What a path leads to in `from` becomes the body `id`, which has begun. */
  | { kind: 'filter'; id: string; from: string; path: string }
  | { kind: 'drop'; id: string }

/** What the thread is asked, and answers under its number. */
export interface Questions {
  rows: { asked: BodyRows; answer: string[] }
  bytes: { asked: { id: string; offset: number; length: number }; answer: Uint8Array }
  search: { asked: BodySearch; answer: BodyFind }
  table: { asked: BodyTableAsked; answer: TablePage }
  cell: { asked: BodyCell; answer: string }
  path: { asked: { id: string; path: string }; answer: null }
  fold: { asked: { id: string; line: number }; answer: { to: number } }
  node: { asked: { id: string; line: number }; answer: { path: string; value: string } }
}
export type QuestionName = keyof Questions

export type Asked = {
  [Name in QuestionName]: { kind: 'ask'; number: number; name: Name; asked: Questions[Name]['asked'] }
}[QuestionName]

/** What the thread says. */
export type Said =
  | { kind: 'state'; state: BodyState }
  /** A piece was taken; its buffer can be filled again. */
  | { kind: 'taken'; id: string; buffer: ArrayBuffer }
  | { kind: 'answer'; number: number; answer: unknown }
  | { kind: 'refused'; number: number; failure: Failure }

/** The body is not on the shelf. */
export const bodyGone = fail(
  'body_gone',
  'This body is no longer available.',
  'Send the request again to get all of it.',
)
