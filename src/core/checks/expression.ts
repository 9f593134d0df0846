import { refusedExpression } from '@contract/tables/own-checks'

/** What a check looks at. Expressions are read, never run. */
export type Looked =
  | { part: 'status' | 'statusText' | 'url' | 'time' | 'headers' | 'refused' }
  | { part: 'header'; name: string }
  | { part: 'body'; path: readonly string[] }
  | { part: 'json-path'; path: string }

const heads: Readonly<Record<string, Looked>> = {
  'res.status': { part: 'status' },
  'res.getStatus()': { part: 'status' },
  'res.statusText': { part: 'statusText' },
  'res.getStatusText()': { part: 'statusText' },
  'res.responseTime': { part: 'time' },
  'res.getResponseTime()': { part: 'time' },
  'res.url': { part: 'url' },
  'res.getUrl()': { part: 'url' },
  'res.headers': { part: 'headers' },
  'res.getHeaders()': { part: 'headers' },
  [refusedExpression]: { part: 'refused' },
}

/** Reads an expression; nothing where it is none of those that Gatehouse knows. */
export function readExpression(text: string): Looked | undefined {
  const source = text.trim()
  if (source.startsWith('$')) return { part: 'json-path', path: source }
  const known = Object.hasOwn(heads, source) ? heads[source] : undefined
  if (known) return known
  for (const [head, read] of followed) {
    if (!source.startsWith(head)) continue
    const found = read(source.slice(head.length))
    if (found) return found
  }
  return undefined
}

const followed: [head: string, read: (rest: string) => Looked | undefined][] = [
  ['res.getHeader(', (rest) => header(rest.endsWith(')') ? quoted(rest.slice(0, -1)) : undefined)],
  [
    'res.headers',
    (rest) => {
      const path = readPath(rest)
      return path?.length === 1 ? header(path[0]) : undefined
    },
  ],
  ['res.getBody()', body],
  ['res.body', body],
  [
    'res(',
    (rest) => {
      const inner = rest.endsWith(')') ? quoted(rest.slice(0, -1)) : undefined
      return inner === undefined ? undefined : body(/^[[.]/.test(inner) ? inner : `.${inner}`)
    },
  ],
]

function header(name: string | undefined): Looked | undefined {
  return name === undefined ? undefined : { part: 'header', name: name.toLowerCase() }
}

function body(rest: string): Looked | undefined {
  const path = readPath(rest)
  return path && { part: 'body', path }
}

/** The text between quotes that are all there is. */
function quoted(text: string): string | undefined {
  const trimmed = text.trim()
  const quote = trimmed.slice(0, 1)
  const isQuoted = trimmed.length >= 2 && ['"', "'", '`'].includes(quote) && trimmed.endsWith(quote)
  const inner = trimmed.slice(1, -1)
  return isQuoted && !inner.includes(quote) && !inner.includes('\\') ? inner : undefined
}

/** The names and numbers of `.a['b'][0]?.c`. */
function readPath(text: string): string[] | undefined {
  const steps = /(?:\?\.|\.)([\p{L}_$][\p{L}\p{N}_$]*)|(?:\?\.)?\[(?:(\d{1,9})|'([^'\\]*)'|"([^"\\]*)")\]/uy
  const path: string[] = []
  while (steps.lastIndex < text.length) {
    const found = steps.exec(text)
    if (!found) return undefined
    const groups: (string | undefined)[] = found.slice(1)
    path.push(groups.find((each) => each !== undefined) ?? '')
  }
  return path
}
