import type { Pair, RequestDraft } from '@contract/requests'
import { addressText } from '@contract/tables/addresses'
import { fail, ok, type Result } from '@contract/result'
import { withDefaultScheme } from '../text/default-scheme.ts'
import { queryOf, queryOnWire } from '../text/query.ts'
import { connectionHeaders } from './connection-headers.ts'
import { isInsecure } from './origin.ts'
import { encodeBody } from './request-body.ts'
import type { WireRequest } from './wire.ts'

/** A draft made ready for the wire, with what is worth saying about it. */
export interface PreparedDraft {
  request: WireRequest
  notes: string[]
}

/** Headers that belong to the connection, or are counted by the engine. */
const ownHeaders = new Set([...connectionHeaders, 'content-length', 'expect'])
const token = /^[!#$%&'*+.^_`|~\w-]+$/
// RFC 9110 section 5.5: visible characters, spaces and tabs; neither CR, LF nor NUL.
const fieldValue = /^[\t\x20-\x7e\x80-\xff]*$/
const isBoundary = /^[\w'()+,./:=? -]{0,69}[\w'()+,./:=?-]$/

/** Makes a request of a draft: the query as it was typed, headers checked (RFC 9110 section 5), body encoded. Nothing
 *  secret is added. `newBoundary`: as `encodeBody` wants it. Codes: those of `encodeBody`, `draft_url`, `draft_url_credentials`, `draft_method`, `draft_header_name`,
 *  `draft_header_value`, `draft_header_forbidden`, `draft_two_authorizations`. */
export function prepareDraft(draft: RequestDraft, newBoundary: () => string): Result<PreparedDraft> {
  if (draft.method === 'CONNECT' || draft.method === 'TRACE') {
    return fail('draft_method', `${draft.method} is for proxies and is not sent.`, 'Choose another method.')
  }
  const url = readUrl(addressText(draft).trim())
  if (!url.ok) return url
  const read = readHeaders(draft.headers, namesCaller(draft))
  if (!read.ok) return read
  const headers = read.value
  const notes: string[] = []
  if (draft.accountId === null && sendsSecret(draft.auth) && isInsecure(url.value))
    notes.push('Its auth is sent over plain http, where anyone in between can read it.')
  const typed = headers.find(([name]) => name.toLowerCase() === 'content-type')
  const boundary = draft.body.kind === 'multipart' && typed ? boundaryOf(typed[1], newBoundary) : undefined
  const encoded = encodeBody(draft.body, boundary ? () => boundary.text : newBoundary, notes)
  if (!encoded.ok) return encoded
  const body = encoded.value
  if (body === undefined) return ok({ request: { method: draft.method, url: url.value, headers }, notes })
  if (typed) typed[1] += boundary?.added ?? ''
  else {
    if (!fieldValue.test(body.contentType)) {
      return fail('draft_header_value', 'The content type contains a character that headers cannot carry.')
    }
    headers.push(['Content-Type', body.contentType])
  }
  if (draft.method === 'GET' || draft.method === 'HEAD') {
    notes.push(
      `A body has no meaning with ${draft.method}, and many servers refuse it (RFC 9110 section 9.3).`,
    )
  }
  const sent = 'bytes' in body ? { body: body.bytes } : { pieces: body.pieces }
  return ok({ request: { method: draft.method, url: url.value, headers, ...sent }, notes })
}

/** The boundary of a multipart body whose type the user set (RFC 2046 section 5.1.1): the one that the type names; where it
 *  names none, a new one and what is added to the type. Another type than multipart is left as it is. */
function boundaryOf(contentType: string, newBoundary: () => string): { text: string; added?: string } {
  const [, quoted, plain = ''] = /;\s*boundary=(?:"([^"]*)"|([^;\s]*))/i.exec(contentType) ?? []
  const named = quoted ?? plain
  if (isBoundary.test(named)) return { text: named }
  const text = newBoundary()
  return /^multipart\//i.test(contentType) ? { text, added: `; boundary=${text}` } : { text }
}

function readUrl(text: string): Result<string> {
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : withDefaultScheme(text)
  let url: URL
  try {
    url = new URL(full)
  } catch {
    return fail('draft_url', 'The address is not a URL.', 'Enter it in full, starting with https://')
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return fail('draft_url', `Requests go to https or http, not to ${url.protocol.slice(0, 40)}`)
  }
  if (url.username !== '' || url.password !== '') {
    return fail(
      'draft_url_credentials',
      'The address contains a username or password.',
      'Remove it, and put it into an Authorization header if the API needs it.',
    )
  }
  url.hash = ''
  url.search = ''
  return ok(`${url.href}${queryOnWire(queryOf(full))}`)
}

/** Whether an auth sends what lets its holder act for someone; digest and AWS prove it instead. */
function sendsSecret(auth: RequestDraft['auth']): boolean {
  return auth !== undefined && !['inherit', 'digest', 'awsv4'].includes(auth.kind)
}

/** Whether something else than the headers fills Authorization. */
function namesCaller({ accountId, auth }: RequestDraft): boolean {
  if (accountId !== null) return true
  if (auth === undefined || auth.kind === 'inherit') return false
  return auth.kind !== 'apikey' || (auth.placement === 'header' && /^\s*authorization\s*$/i.test(auth.key))
}

function readHeaders(rows: readonly Pair[], hasAccount: boolean): Result<[string, string][]> {
  const headers: [string, string][] = []
  for (const row of rows) {
    const name = row.name.trim()
    const value = row.value.trim()
    if (!row.enabled || (name === '' && value === '')) continue
    const lower = name.toLowerCase()
    if (!token.test(name)) {
      return fail(
        'draft_header_name',
        `“${name.slice(0, 60)}” is not a header name.`,
        'Use letters, digits and hyphens.',
      )
    }
    if (!fieldValue.test(value)) {
      return fail(
        'draft_header_value',
        `The value of ${name} contains a line break or a character that headers cannot carry.`,
        'Remove it, or encode it as the API expects.',
      )
    }
    if (ownHeaders.has(lower)) {
      return fail(
        'draft_header_forbidden',
        `${name} is set by Gatehouse for the connection.`,
        lower === 'proxy-authorization'
          ? 'Turn that row off, and enter the proxy’s name and password in Settings › Network.'
          : 'Turn that row off.',
      )
    }
    if (lower === 'authorization' && hasAccount) {
      return fail(
        'draft_two_authorizations',
        'There is both an Authorization header and an account or another auth to call with.',
        'Turn one of them off.',
      )
    }
    if (lower === 'host' && headers.some(([other]) => other.toLowerCase() === 'host')) {
      return fail('draft_header_forbidden', 'Host appears twice.', 'Turn one of the rows off.')
    }
    headers.push([name, value])
  }
  return ok(headers)
}
