import type { z } from 'zod'
import type { Result } from '@contract/result'

/** One call of the page to the main process: the schema of its argument and the type of its response. */
export interface Call<Input extends z.ZodType = z.ZodType, Output = unknown> {
  input: Input
  /** Never set: carries the response's type only. */
  readonly output?: Output
}

/** Declares a call: `call(schema).returns<Answer>()`. */
export function call<Input extends z.ZodType>(input: Input) {
  return {
    returns: <Output>(): Call<Input, Output> => ({ input }),
  }
}

/** What the page passes to a call. */
export type InputOf<C> = C extends Call<infer Input> ? z.input<Input> : never
/** What a handler is given: the argument after its schema. */
type ParsedOf<C> = C extends Call<infer Input> ? z.output<Input> : never
/** What a call answers with, inside a Result. */
type OutputOf<C> = C extends Call<z.ZodType, infer Output> ? Output : never

/** The page's side of a table of calls. */
export type Bridge<Table> = {
  [Name in keyof Table]: (input: InputOf<Table[Name]>) => Promise<Result<OutputOf<Table[Name]>>>
}

/** The main process's side of a table of calls. */
export type Handlers<Table> = {
  [Name in keyof Table]: (
    input: ParsedOf<Table[Name]>,
  ) => Promise<Result<OutputOf<Table[Name]>>> | Result<OutputOf<Table[Name]>>
}
