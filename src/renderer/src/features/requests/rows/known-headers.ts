import type { Pair } from '@contract/requests.ts'
import { keysOf } from '@contract/tables/keys-of.ts'
import type { Suggestion, Suggestions } from '../../../ui/names/choices.ts'

/** Media types that requests and responses of APIs have, for completion. */
const mediaTypes = [
  'application/json',
  'application/ld+json',
  'application/merge-patch+json',
  'application/json-patch+json',
  'application/problem+json',
  'application/vnd.api+json',
  'application/hal+json',
  'application/x-ndjson',
  'application/xml',
  'application/soap+xml',
  'application/x-www-form-urlencoded',
  'application/graphql-response+json',
  'application/jwt',
  'application/octet-stream',
  'application/pdf',
  'application/yaml',
  'application/zip',
  'image/jpeg',
  'image/png',
  'image/svg+xml',
  'image/webp',
  'multipart/form-data',
  'text/csv',
  'text/event-stream',
  'text/html',
  'text/markdown',
  'text/plain',
  'text/xml',
] as const

interface HeaderRow {
  /** What it asks for, in a few words. */
  says: string
  /** Values that are usual. */
  values?: readonly string[]
  /** Its value is a list, of which each part is completed. */
  list?: true
}

/** Headers that a request may be given (RFC 9110 and others). Those that Gatehouse sets itself are not among them. */
const headerTable = {
  Accept: { says: 'accepted media types', values: ['*/*', ...mediaTypes], list: true },
  'Accept-Encoding': {
    says: 'accepted content codings',
    values: ['gzip', 'br', 'zstd', 'deflate', 'identity'],
    list: true,
  },
  'Accept-Language': {
    says: 'preferred languages',
    values: ['en', 'de', 'es', 'fr', 'ja', 'zh'],
    list: true,
  },
  'Access-Control-Request-Headers': { says: 'CORS preflight: headers of the request' },
  'Access-Control-Request-Method': {
    says: 'CORS preflight: method of the request',
    values: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
  },
  Authorization: { says: 'credentials', values: ['Bearer ', 'Basic ', 'DPoP '] },
  'Cache-Control': {
    says: 'caching directives',
    values: ['no-cache', 'no-store', 'max-age=0', 'only-if-cached'],
    list: true,
  },
  'Content-Disposition': { says: 'how to handle the body', values: ['attachment', 'inline'] },
  'Content-Encoding': {
    says: 'content codings of the body',
    values: ['gzip', 'br', 'zstd', 'deflate'],
    list: true,
  },
  'Content-Language': { says: 'language of the body' },
  'Content-Location': { says: 'URL of the body' },
  'Content-Range': { says: 'range of the body' },
  'Content-Type': { says: 'media type of the body', values: mediaTypes },
  Cookie: { says: 'cookies, in addition to those in the jar' },
  Date: { says: 'date and time of the request' },
  Digest: { says: 'digest of the body (obsolete)' },
  DNT: { says: 'do not track', values: ['1', '0'] },
  Forwarded: { says: 'client behind a proxy' },
  From: { says: 'email address of the sender' },
  Host: { says: 'name of the server' },
  'Idempotency-Key': { says: 'same value for every retry', values: ['{{$uuid}}'] },
  'If-Match': { says: 'only if the ETag matches', values: ['*'] },
  'If-Modified-Since': { says: 'only if changed since' },
  'If-None-Match': { says: 'only if the ETag differs', values: ['*'] },
  'If-Range': { says: 'the range only if unchanged' },
  'If-Unmodified-Since': { says: 'only if unchanged since' },
  'Last-Event-ID': { says: 'resume after this event' },
  Origin: { says: 'origin of the page', values: ['null', 'https://'] },
  Pragma: { says: 'caching for HTTP/1.0', values: ['no-cache'] },
  Prefer: {
    says: 'preferred behavior of the server',
    values: ['return=minimal', 'return=representation', 'respond-async', 'handling=strict', 'wait=10'],
    list: true,
  },
  Priority: { says: 'priority of the response', values: ['u=0', 'u=3', 'u=7', 'i'], list: true },
  Range: { says: 'requested range', values: ['bytes=0-1023'] },
  Referer: { says: 'URL of the referring page' },
  'Repr-Digest': { says: 'digest of the representation' },
  SOAPAction: { says: 'SOAP 1.1 operation' },
  'Sec-Fetch-Mode': {
    says: 'mode of a browser’s request',
    values: ['cors', 'navigate', 'no-cors', 'same-origin'],
  },
  'Sec-Fetch-Site': {
    says: 'relation of the page to the server',
    values: ['cross-site', 'same-origin', 'same-site', 'none'],
  },
  Signature: { says: 'signature of the message' },
  'Signature-Input': { says: 'components that are signed' },
  'User-Agent': { says: 'name of the client software' },
  'Want-Content-Digest': {
    says: 'preferred digest algorithms',
    values: ['sha-256=10', 'sha-512=10'],
    list: true,
  },
  'X-API-Key': { says: 'API key' },
  'X-Correlation-ID': { says: 'identifier for related messages', values: ['{{$uuid}}'] },
  'X-CSRF-Token': { says: 'token against cross-site request forgery' },
  'X-Forwarded-For': { says: 'client behind a proxy' },
  'X-Forwarded-Host': { says: 'original host' },
  'X-Forwarded-Proto': { says: 'original scheme', values: ['https', 'http'] },
  'X-HTTP-Method-Override': { says: 'actual method', values: ['PUT', 'PATCH', 'DELETE'] },
  'X-Request-ID': { says: 'identifier for logs', values: ['{{$uuid}}'] },
  'X-Requested-With': { says: 'marks a request by a script', values: ['XMLHttpRequest'] },
  traceparent: { says: 'W3C trace context' },
  tracestate: { says: 'vendor data of the trace' },
} as const satisfies Record<string, HeaderRow>

type Headers = readonly Pick<Pair, 'name' | 'value'>[]

/** What rows offer while one types. */
export interface RowSuggestions {
  names: Suggestions
  values: (name: string) => Suggestions
}

/** Names and values for rows of headers. Those that the request has from elsewhere come first; a name that another row has
 *  is not offered. */
export function headerSuggestions(rows: Headers, own: Headers): RowSuggestions {
  const taken = new Set(rows.map(({ name }) => keyOf(name)))
  const known = keysOf(headerTable)
  const names = [
    ...own
      .filter(({ name }) => known.every((each) => keyOf(each) !== keyOf(name)))
      .map(({ name }) => name.trim()),
    ...known,
  ]
  return {
    names: {
      from: [...new Set(names)]
        .filter((name) => name !== '' && !taken.has(keyOf(name)))
        .map((text) => ({ text, says: rowOf(text)?.says ?? ofRequest })),
    },
    values: (name) => {
      const row = rowOf(name)
      const here = own.flatMap((each) =>
        keyOf(each.name) === keyOf(name) && each.value !== '' ? each.value : [],
      )
      const others = (row?.values ?? []).filter((value) => !here.includes(value))
      return {
        from: [
          ...[...new Set(here)].map((text) => ({ text, says: ofRequest })),
          ...others.map((text) => ({ text })),
        ],
        list: row?.list === true,
      }
    },
  }
}

export const mediaTypeSuggestions: { from: Suggestion[] } = { from: mediaTypes.map((text) => ({ text })) }

const ofRequest = 'of this request'

function rowOf(name: string): HeaderRow | undefined {
  const found = keysOf(headerTable).find((each) => keyOf(each) === keyOf(name))
  return found && headerTable[found]
}

function keyOf(name: string): string {
  return name.trim().toLowerCase()
}
