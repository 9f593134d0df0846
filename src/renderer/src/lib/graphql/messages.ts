import type { CodeFault } from '../../ui/code/code-checks.ts'
import type { CodeOption } from '../../ui/code/code-names.ts'

/** What the page asks of the worker; each is answered under its number. */
export type Ask =
  /** Makes a schema of what a server said of itself: the address of a stored body. */
  | { kind: 'open'; body: string }
  /** The query that asks a server for its schema. */
  | { kind: 'introspection' }
  | { kind: 'complete'; query: string; at: number }
  | { kind: 'check'; query: string }

export interface Answers {
  /** How many types it has, or why there is none. */
  open: { types: number } | { fault: string }
  introspection: string
  complete: { from: number; options: CodeOption[] } | null
  check: CodeFault[]
}

export type Asked = Ask & { number: number }
export interface Answered {
  number: number
  answer: Answers[keyof Answers]
}
