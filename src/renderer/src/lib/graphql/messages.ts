import type { CodeFault, CodeOption } from '../code/parts.ts'

/** What the page asks of the worker; each is answered under its number. */
export type Ask =
  /** Makes a schema of what a server said of itself: the address of a stored body. */
  | { kind: 'open'; body: string }
  /** The query that asks a server for its schema. */
  | { kind: 'introspection' }
  | { kind: 'complete'; query: string; at: number }
  | { kind: 'check'; query: string }
  | { kind: 'format'; query: string }

export interface Answers {
  /** How many types it has, or why there is none. */
  open: { types: number } | { fault: string }
  introspection: string
  complete: { from: number; options: CodeOption[] } | null
  check: CodeFault[]
  /** See `formatQuery`. */
  format: string | null
}

export type Asked = Ask & { number: number }
export interface Answered {
  number: number
  answer: Answers[keyof Answers]
}

/** Knows GraphQL, and once it has read one a schema: in a worker of its own, so that the page goes on. */
export interface GraphqlAssistant {
  /** Reads the schema that a response describes. */
  open: (exchangeId: string) => Promise<Answers['open']>
  introspection: () => Promise<string>
  check: (query: string) => Promise<Answers['check']>
  format: (query: string) => Promise<Answers['format']>
  complete: (query: string, at: number) => Promise<Answers['complete']>
  close: () => void
}
