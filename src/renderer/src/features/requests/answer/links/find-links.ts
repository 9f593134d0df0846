import type { ExchangeView } from '@contract/requests.ts'
import { longBody } from '@contract/tables/body-sizes.ts'

/** Another address that a response names. */
export interface FoundLink {
  /** What it is to this one: `next`, `author`, `orders`. */
  rel: string
  url: string
  title?: string
  /** Its server is the one that the request was sent to. */
  isSame: boolean
}

/** Relations that lead back to where one is, or to what no one opens. */
const passedOver = new Set([
  'self',
  'preload',
  'preconnect',
  'dns-prefetch',
  'prefetch',
  'stylesheet',
  'icon',
  'canonical',
  'curies',
])
/** Members of a body that are addresses of its neighbours. */
const neighbours: Record<string, string> = {
  next: 'next',
  nextLink: 'next',
  '@odata.nextLink': 'next',
  next_page_url: 'next',
  previous: 'previous',
  prev: 'previous',
  prev_page_url: 'previous',
  first: 'first',
  last: 'last',
}
const mostLinks = 24
/** Members that name other addresses. */
export const linkMembers: readonly string[] = [...Object.keys(neighbours), '_links', 'links']
/** Bytes of a body that is read as it is shown, and of one that is looked through beside the page. */
const longestBody = 262_144
const longestBeside = longBody

/** Whether a body is to be looked through beside the page, for its link members. */
export function isReadBeside({ response }: Pick<ExchangeView, 'response'>): boolean {
  if (!response) return false
  const { bodySize, contentType, truncated, keptSize } = response
  const isLong = bodySize > longestBody && bodySize <= longestBeside
  return isLong && isJson(contentType) && !truncated && keptSize === undefined
}

/** The links of a response: its `Link` header (RFC 8288), `next` and its like, `_links` of HAL and `links` of JSON:API.
 *  `members`: the link members of a body that was looked through beside the page. */
export function findLinks(
  exchange: Pick<ExchangeView, 'url' | 'response'>,
  members?: Record<string, unknown>,
): FoundLink[] {
  const { response } = exchange
  if (!response) return []
  const base = response.url ?? exchange.url
  const found = new Map<string, FoundLink>()
  function add(rel: string, href: unknown, title?: unknown): void {
    if (typeof href !== 'string' || href.length > 4_096 || href.includes('{') || found.size >= mostLinks)
      return
    const name = rel.slice(0, 60)
    if (name === '' || passedOver.has(name.toLowerCase())) return
    const url = URL.parse(href, base)
    if (!url || !/^https?:$/.test(url.protocol)) return
    found.set(`${name} ${url.href}`, {
      rel: name,
      url: url.href,
      ...(typeof title === 'string' && title !== '' && { title: title.slice(0, 200) }),
      isSame: url.origin === URL.parse(exchange.url)?.origin,
    })
  }
  for (const [name, value] of response.headers)
    if (name.toLowerCase() === 'link')
      for (const { target, parameters } of readLinkHeader(value))
        for (const rel of (parameters.get('rel') ?? '').split(/\s+/))
          add(rel, target, parameters.get('title'))
  for (const [rel, href, title] of inMembers(members ?? membersOf(response))) add(rel, href, title)
  return [...found.values()]
}

interface HeaderLink {
  target: string
  parameters: Map<string, string>
}

/** Reads `<target>; name=value; name="value", <target> …` (RFC 8288 section 3). Linear; ends at what is none. */
export function readLinkHeader(text: string): HeaderLink[] {
  const links: HeaderLink[] = []
  const reader = /\s*(?:,\s*)*<([^<>]*)>/y
  const parameter = /\s*;\s*([\w!#$&+.^`|~*-]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s",;]*)))?/y
  for (let at = 0; links.length < mostLinks;) {
    reader.lastIndex = at
    const [all, target] = reader.exec(text) ?? []
    if (all === undefined || target === undefined) return links
    at += all.length
    const parameters = new Map<string, string>()
    for (;;) {
      parameter.lastIndex = at
      const [part, name, quoted, plain] = parameter.exec(text) ?? []
      if (part === undefined || name === undefined) break
      at += part.length
      const key = name.toLowerCase()
      // Of several the first counts.
      if (!parameters.has(key)) parameters.set(key, quoted?.replaceAll(/\\(.)/g, '$1') ?? plain ?? '')
    }
    links.push({ target, parameters })
  }
  return links
}

type Members = Record<string, unknown>

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function membersOf({
  firstText = '',
  bodySize,
  contentType,
}: NonNullable<ExchangeView['response']>): unknown {
  return isJson(contentType) && bodySize <= longestBody ? parsed(firstText) : undefined
}

function isJson(contentType: string): boolean {
  return /[/+]json\b/i.test(contentType)
}

function inMembers(body: unknown): [rel: string, href: unknown, title?: unknown][] {
  if (!isMembers(body)) return []
  const links: [string, unknown, unknown?][] = []
  for (const [name, rel] of Object.entries(neighbours)) {
    const value = body[name]
    if (typeof value === 'string' && /^(?:https?:\/\/|[/?])/i.test(value)) links.push([rel, value])
  }
  for (const group of [body['_links'], body['links']]) {
    if (!isMembers(group)) continue
    for (const [rel, value] of Object.entries(group))
      for (const one of Array.isArray(value) ? value : [value])
        links.push(isMembers(one) ? [rel, one['href'], one['title'] ?? one['name']] : [rel, one])
  }
  return links
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
