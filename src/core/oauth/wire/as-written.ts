import { parseObject } from '../../text/parse-object.ts'
import { rememberWritten } from '../../text/written.ts'

/** What the library made of a response, with its numbers as they are written in the response itself. */
export function asWritten<T extends object>(value: T, body: string): T {
  return parseObject(body) === undefined ? value : rememberWritten(value, body)
}
