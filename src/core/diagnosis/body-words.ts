import { isObject } from '../text/parse-object.ts'
import { parseJson } from '../text/parse-json.ts'
import type { RefusedCall } from './case.ts'
import { plainText } from './words.ts'

/** What is read of a body, in characters. */
const longest = 65_536

/** The members of a JSON body; of a list, those of its first object. */
export function readBody({ bodyText }: RefusedCall): Record<string, unknown> | undefined {
  if (bodyText === undefined || bodyText.length > longest) return undefined
  const value = parseJson(bodyText)?.value
  const first: unknown = Array.isArray(value) ? value[0] : value
  return isObject(first) ? first : undefined
}

/** The API's own words: a problem document (RFC 9457), the usual JSON errors, the message of an XML error, or a line of
 *  plain text. */
export function bodyWords(
  { bodyText = '', contentType = '' }: RefusedCall,
  body: Record<string, unknown> | undefined,
): string | undefined {
  if (body === undefined) {
    const text = bodyText.slice(0, longest)
    const inside = between(text, '<Message>', '</Message>') ?? between(text, '<pre>', '<br>')
    if (inside !== undefined) return plainText(inside)
    return text.length <= 300 && !/html|json/i.test(contentType) && !text.includes('<')
      ? plainText(text)
      : undefined
  }
  const { error, errors, fault } = body
  const firstError: unknown = Array.isArray(errors) ? errors[0] : errors
  const inner = [error, firstError, fault].filter(isObject)
  return [body, ...inner].flatMap(sentences).find(Boolean) ?? plainText(firstError) ?? plainText(error)
}

function sentences(object: Record<string, unknown>): (string | undefined)[] {
  const { detail, error_description, message, Message, msg, title } = object
  const { description, faultstring, errorSummary, error_summary, reason } = object
  return [
    ...[detail, error_description, message, Message, msg, title],
    ...[description, faultstring, errorSummary, error_summary, reason],
  ].map((item) => plainText(item))
}

/** What XML errors (S3) and Express's page of an error say. */
function between(text: string, from: string, to: string): string | undefined {
  const start = text.indexOf(from)
  const end = start < 0 ? -1 : text.indexOf(to, start)
  const inside = end < 0 ? '' : text.slice(start + from.length, end)
  return inside === '' || inside.length > 500 || inside.includes('<') ? undefined : inside
}

const emptyWords = new Set(
  'http https error 401 403 unauthorized unauthorised forbidden access permission denied not authorized authorised authenticate'.split(
    ' ',
  ),
)

/** Whether words only repeat the status. */
export function saysNothing(said: string): boolean {
  return (
    said.length <= 60 && said.split(/\W/).every((word) => word === '' || emptyWords.has(word.toLowerCase()))
  )
}
