import type { CopiedNode, TreeRow } from './outline.ts'

/** What the page asks of the worker; each is answered under its number. */
export type Ask =
  | { kind: 'open'; body: string }
  | { kind: 'lines'; from: number; to: number }
  | { kind: 'nodes'; from: number; to: number }
  | { kind: 'toggle'; node: number }
  | { kind: 'copy'; node: number }

/** `open` answers null where the body is not JSON or is gone. */
export interface Answers {
  open: { lines: number; nodes: number } | null
  lines: string[]
  nodes: TreeRow[]
  toggle: number
  copy: CopiedNode | undefined
}

export type Asked = Ask & { number: number }
export interface Answered {
  number: number
  answer: Answers[keyof Answers]
}
