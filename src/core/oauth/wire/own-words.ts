import { isObject, parseObject } from '../../text/parse-object.ts'
import { parseJson } from '../../text/parse-json.ts'
import { providerText } from './provider-text.ts'

/** Members in which servers that are none of OAuth put their words, likeliest first. */
const worded = [
  'message',
  'error_description',
  'detail',
  'title',
  'error_message',
  'error_msg',
  'msg',
  'reason',
  'description',
]
const mostErrors = 3
const longestPlain = 2_000

/** What a refusal says in words of its own, whatever its shape (`{"error":{"message":…}}`, `{"message":…}`,
 *  `{"errors":[…]}`, RFC 9457, plain text, the title of a web page), fit to be shown; `undefined` where it says nothing. */
export function ownWords(body: string): string | undefined {
  const text = body.trim()
  if (text.startsWith('<'))
    return providerText(/<title[^>]{0,200}>([^<]{1,500})</i.exec(text.slice(0, 65_536))?.[1], 200)
  if (text.startsWith('{') || text.startsWith('[')) {
    const value = parseJson(text)?.value
    return providerText(wordsIn(Array.isArray(value) ? { errors: value } : value, 0), 300)
  }
  return text.length > longestPlain ? undefined : providerText(text, 300)
}

/** The members of an error that came as a form (`error=…&error_description=…`), as some old servers have it whatever the
 *  specification says; `undefined` for all else. Tokens are never read this way. */
export function errorAsForm(body: string): Record<string, unknown> | undefined {
  const text = body.trim()
  if (text.length > longestPlain || !/(?:^|&)error=/.test(text) || /[\s<{]/.test(text)) return undefined
  const form = new URLSearchParams(text)
  if (form.has('access_token')) return undefined
  return Object.fromEntries([...form].filter(([name]) => name.startsWith('error')))
}

/** The members of a response that is JSON, or an error as a form. */
export function answerMembers(body: string): Record<string, unknown> | undefined {
  return parseObject(body) ?? errorAsForm(body)
}

function wordsIn(value: unknown, depth: number): string | undefined {
  if (typeof value === 'string') return value
  if (!isObject(value) || depth > 2) return undefined
  const lower = new Map(Object.entries(value).map(([name, of]) => [name.toLowerCase(), of]))
  for (const name of worded) {
    const words = lower.get(name)
    if (typeof words === 'string' && words.trim() !== '') return words
  }
  const errors = lower.get('errors')
  const list = Array.isArray(errors) ? errors : isObject(errors) ? Object.values(errors).flat() : []
  const said = list.slice(0, mostErrors).flatMap((each) => wordsIn(each, depth + 1) ?? [])
  if (said.length > 0) return said.join('; ')
  return wordsIn(lower.get('error'), depth + 1)
}
