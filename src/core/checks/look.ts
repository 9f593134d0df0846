import type { Looked } from './expression.ts'

/** A response as checks see it: without its secrets. */
export interface JudgedAnswer {
  status: number
  statusText: string
  url: string
  headers: readonly (readonly [string, string])[]
  /** Milliseconds. */
  time: number
  /** As text; absent where it is not text, or too much of it. */
  body: string | undefined
  /** Why there is no body to look at. */
  bodyMissing?: string
}

/** Finds all that a JSONPath (RFC 9535) means. */
export type FindByPath = (value: unknown, path: string) => unknown[]

/** A body, read when something in it is asked for. */
export type Body = () => { value: unknown; isJson: boolean } | undefined

/** The body of a response, which is read once. */
export function bodyOf(text: string | undefined, parse: (text: string) => unknown = JSON.parse): Body {
  let kept: { value: ReturnType<Body> } | undefined
  return () => (kept ??= { value: readBody(text, parse) }).value
}

export const unknownPart =
  'Gatehouse does not know this part of a response. Write for example res.status, res.headers["content-type"], res.body.items[0].id or $.items[0].id.'

/** What lies there, with what is worth saying of it, or why that cannot be told. */
type Found = { value: unknown; note?: string } | { reason: string }

/** What an expression means in a response. */
export function lookAt(
  looked: Looked,
  answer: JudgedAnswer,
  body: Body,
  findByPath: FindByPath | undefined,
): Found {
  switch (looked.part) {
    case 'status':
      return { value: answer.status }
    case 'statusText':
      return { value: answer.statusText }
    case 'url':
      return { value: answer.url }
    case 'time':
      return { value: Math.round(answer.time) }
    case 'refused':
      return { value: answer.status === 401 || answer.status === 403 ? answer.status : false }
    case 'headers':
      return { value: Object.fromEntries(answer.headers.map(([name, value]) => [name.toLowerCase(), value])) }
    case 'header': {
      const values = answer.headers.filter(([name]) => name.toLowerCase() === looked.name)
      return { value: values.length === 0 ? undefined : values.map(([, value]) => value).join(', ') }
    }
    case 'body': {
      const read = body()
      if (read === undefined) return { reason: answer.bodyMissing ?? 'The body is not text.' }
      return { value: atPath(read.value, looked.path), ...noteOf(read.isJson, looked.path.length > 0) }
    }
    case 'json-path': {
      const read = body()
      if (read === undefined) return { reason: answer.bodyMissing ?? 'The body is not text.' }
      if (!read.isJson) return { value: undefined, note: 'The body is not JSON.' }
      if (findByPath === undefined) return { reason: 'JSONPath is not available here.' }
      return byPath(read.value, looked.path, findByPath)
    }
  }
}

function noteOf(isJson: boolean, goesIn: boolean): { note?: string } {
  return goesIn && !isJson ? { note: 'The body is not JSON.' } : {}
}

function byPath(value: unknown, path: string, findByPath: FindByPath): Found {
  try {
    const found = findByPath(value, path)
    return found.length > 1 ? { value: found } : { value: found[0] }
  } catch {
    return { reason: 'This is not a JSONPath (RFC 9535).' }
  }
}

function readBody(
  text: string | undefined,
  parse: (text: string) => unknown,
): { value: unknown; isJson: boolean } | undefined {
  if (text === undefined) return undefined
  try {
    return { value: parse(text), isJson: true }
  } catch {
    return { value: text, isJson: false }
  }
}

/** What lies there: members that are a value's own, and the length of texts and lists. */
function atPath(value: unknown, path: readonly string[]): unknown {
  let at = value
  for (const name of path) {
    if (typeof at === 'string' && name === 'length') at = at.length
    else if (typeof at === 'object' && at !== null && Object.hasOwn(at, name))
      at = (at as Record<string, unknown>)[name]
    else return undefined
  }
  return at
}
