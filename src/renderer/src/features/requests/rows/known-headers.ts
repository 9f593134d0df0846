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
  Accept: { says: 'media types wanted', values: ['*/*', ...mediaTypes], list: true },
  'Accept-Encoding': {
    says: 'content codings wanted',
    values: ['gzip', 'br', 'zstd', 'deflate', 'identity'],
    list: true,
  },
  'Accept-Language': { says: 'languages wanted', values: ['en', 'de', 'es', 'fr', 'ja', 'zh'], list: true },
  'Access-Control-Request-Headers': { says: 'CORS: headers to come' },
  'Access-Control-Request-Method': {
    says: 'CORS: the method to come',
    values: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
  },
  Authorization: { says: 'credentials', values: ['Bearer ', 'Basic ', 'DPoP '] },
  'Cache-Control': {
    says: 'what caches may do',
    values: ['no-cache', 'no-store', 'max-age=0', 'only-if-cached'],
    list: true,
  },
  'Content-Disposition': { says: 'how the body is to be taken', values: ['attachment', 'inline'] },
  'Content-Encoding': { says: 'codings of the body', values: ['gzip', 'br', 'zstd', 'deflate'], list: true },
  'Content-Language': { says: 'language of the body' },
  'Content-Location': { says: 'where the body is from' },
  'Content-Range': { says: 'which part the body is' },
  'Content-Type': { says: 'media type of the body', values: mediaTypes },
  Cookie: { says: 'cookies, besides those of the jar' },
  Date: { says: 'when it was made' },
  Digest: { says: 'digest of the body, older form' },
  DNT: { says: 'do not track', values: ['1', '0'] },
  Forwarded: { says: 'who it is forwarded for' },
  From: { says: 'email address of who asks' },
  Host: { says: 'name of the server' },
  'Idempotency-Key': { says: 'the same for each try', values: ['{{$uuid}}'] },
  'If-Match': { says: 'only if the version is this', values: ['*'] },
  'If-Modified-Since': { says: 'only if changed since' },
  'If-None-Match': { says: 'only if the version is another', values: ['*'] },
  'If-Range': { says: 'the part, if unchanged' },
  'If-Unmodified-Since': { says: 'only if unchanged since' },
  'Last-Event-ID': { says: 'events behind this one' },
  Origin: { says: 'where the page is from', values: ['null', 'https://'] },
  Pragma: { says: 'what old caches may do', values: ['no-cache'] },
  Prefer: {
    says: 'what the server may do',
    values: ['return=minimal', 'return=representation', 'respond-async', 'handling=strict', 'wait=10'],
    list: true,
  },
  Priority: { says: 'how urgent it is', values: ['u=0', 'u=3', 'u=7', 'i'], list: true },
  Range: { says: 'part wanted', values: ['bytes=0-1023'] },
  Referer: { says: 'the page that led here' },
  'Repr-Digest': { says: 'digest of the representation' },
  SOAPAction: { says: 'operation of SOAP 1.1' },
  'Sec-Fetch-Mode': { says: 'how a page would ask', values: ['cors', 'navigate', 'no-cors', 'same-origin'] },
  'Sec-Fetch-Site': {
    says: 'from where a page would ask',
    values: ['cross-site', 'same-origin', 'same-site', 'none'],
  },
  Signature: { says: 'signature of the message' },
  'Signature-Input': { says: 'what is signed' },
  'User-Agent': { says: 'which program asks' },
  'Want-Content-Digest': { says: 'digests wanted', values: ['sha-256=10', 'sha-512=10'], list: true },
  'X-API-Key': { says: 'key of the API' },
  'X-Correlation-ID': { says: 'to find it in logs', values: ['{{$uuid}}'] },
  'X-CSRF-Token': { says: 'token against forged requests' },
  'X-Forwarded-For': { says: 'who it is forwarded for' },
  'X-Forwarded-Host': { says: 'the name it was sent to' },
  'X-Forwarded-Proto': { says: 'the scheme it came by', values: ['https', 'http'] },
  'X-HTTP-Method-Override': { says: 'the method meant', values: ['PUT', 'PATCH', 'DELETE'] },
  'X-Request-ID': { says: 'to find it in logs', values: ['{{$uuid}}'] },
  'X-Requested-With': { says: 'which script asks', values: ['XMLHttpRequest'] },
  traceparent: { says: 'trace it belongs to' },
  tracestate: { says: 'more on the trace' },
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
