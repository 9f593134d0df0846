import type { Comparison } from './compare.ts'
import type { CopiedNode, TreeRow } from './outline.ts'

/** What the page asks of the worker; each is answered under its number. */
export type Ask =
  | { kind: 'open'; body: string }
  | { kind: 'lines'; from: number; to: number }
  | { kind: 'nodes'; from: number; to: number }
  | { kind: 'toggle'; node: number }
  | { kind: 'copy'; node: number }
  /** Two bodies by their addresses; `json`: by structure, where both are JSON. */
  | { kind: 'compare'; left: string; right: string; json: boolean }
  /** Members of the object that a body is, by their names. */
  | { kind: 'members'; body: string; names: readonly string[] }

/** Lines with a doubled name that are told. */
export const mostDoubled = 1_000

/** `open` answers null where the body is not JSON or is gone; `doubled`: lines whose name their object has already. */
export interface Answers {
  open: { lines: number; nodes: number; doubled: number[] } | null
  lines: string[]
  nodes: TreeRow[]
  toggle: number
  copy: CopiedNode | undefined
  /** Null where a body is gone. */
  compare: Comparison | null
  members: Record<string, unknown>
}

export type Asked = Ask & { number: number }
export interface Answered {
  number: number
  answer: Answers[keyof Answers]
}
