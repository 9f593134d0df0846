import type { Pair, RequestBody, RequestDraft } from '@contract/requests'
import { fail, ok, type Result } from '@contract/result'
import { withDefaultScheme } from '../text/default-scheme.ts'
import { appendToQuery } from '../text/query.ts'
import type { WireRequest } from './wire.ts'

/** A draft made ready for the wire, with what is worth saying about it. */
export interface PreparedDraft {
  request: WireRequest
  notes: string[]
}

/** Headers that belong to the connection (RFC 9110 section 7.6.1) or are counted by the engine. */
const ownHeaders = new Set([
  'connection',
  'content-length',
  'expect',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])
const token = /^[!#$%&'*+.^_`|~\w-]+$/
// RFC 9110 section 5.5: visible characters, spaces and tabs; neither CR, LF nor NUL.
const fieldValue = /^[\t\x20-\x7e\x80-\xff]*$/

/** Makes a request of a draft: query rows joined, headers checked (RFC 9110 section 5), body encoded. Nothing
 *  secret is added. Codes: `draft_url`, `draft_url_credentials`, `draft_method`, `draft_header_name`,
 *  `draft_header_value`, `draft_header_forbidden`, `draft_two_authorizations`. */
export function prepareDraft(draft: RequestDraft): Result<PreparedDraft> {
  if (draft.method === 'CONNECT' || draft.method === 'TRACE') {
    return fail('draft_method', `${draft.method} is for proxies and is not sent.`, 'Choose another method.')
  }
  const url = readUrl(draft.url.trim(), draft.query)
  if (!url.ok) return url
  const read = readHeaders(draft.headers, draft.accountId !== null)
  if (!read.ok) return read
  const headers = read.value
  const notes: string[] = []
  const body = readBody(draft.body, notes)
  if (body === undefined) return ok({ request: { method: draft.method, url: url.value, headers }, notes })
  if (!headers.some(([name]) => name.toLowerCase() === 'content-type')) {
    if (!fieldValue.test(body.contentType)) {
      return fail('draft_header_value', 'The content type contains a character that headers cannot carry.')
    }
    headers.push(['Content-Type', body.contentType])
  }
  if (draft.method === 'GET' || draft.method === 'HEAD') {
    notes.push(`A body on ${draft.method} has no meaning, and many servers refuse it (RFC 9110 section 9.3).`)
  }
  const bytes = new TextEncoder().encode(body.text)
  return ok({ request: { method: draft.method, url: url.value, headers, body: bytes }, notes })
}

function readUrl(text: string, query: readonly Pair[]): Result<string> {
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
  const rows = query.filter(({ name, enabled }) => enabled && name !== '')
  return ok(
    appendToQuery(
      url.href,
      rows.map(({ name, value }) => [name, value]),
    ),
  )
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
          ? 'Switch that row off, and enter the proxy’s name and password in Settings › Network.'
          : 'Switch that row off.',
      )
    }
    if (lower === 'authorization' && hasAccount) {
      return fail(
        'draft_two_authorizations',
        'There is both an Authorization header and an account to call as.',
        'Switch one of them off.',
      )
    }
    if (lower === 'host' && headers.some(([other]) => other.toLowerCase() === 'host')) {
      return fail('draft_header_forbidden', 'Host appears twice.', 'Switch one of the rows off.')
    }
    headers.push([name, value])
  }
  return ok(headers)
}

function readBody(body: RequestBody, notes: string[]): { contentType: string; text: string } | undefined {
  switch (body.kind) {
    case 'none':
      return undefined
    case 'json':
      try {
        JSON.parse(body.text)
      } catch {
        notes.push('The body is not valid JSON; it is sent as is.')
      }
      return { contentType: 'application/json', text: body.text }
    case 'text':
      return { contentType: body.contentType, text: body.text }
    case 'form': {
      const form = new URLSearchParams()
      for (const { name, value, enabled } of body.fields) if (enabled && name !== '') form.append(name, value)
      return { contentType: 'application/x-www-form-urlencoded', text: form.toString() }
    }
  }
}
