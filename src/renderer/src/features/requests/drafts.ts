import { defined } from '@contract/defined'
import type { Capture } from '@contract/sending/captures.ts'
import type { Check } from '@contract/sending/checks.ts'
import type { SendSettings } from '@contract/sending/settings.ts'
import type { ExchangeView, Pair, RequestBody, RequestDraft } from '@contract/requests.ts'
import { addressRows, addressText, pathNames } from '@contract/tables/addresses.ts'
import { pathOf } from '../../lib/format.ts'

export const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const

/** A new request carries no token: whom to call as is chosen, never guessed. */
export const blankDraft: RequestDraft = {
  method: 'GET',
  url: '',
  query: [],
  headers: [],
  body: { kind: 'none' },
  accountId: null,
}

export const blankPair: Pair = { name: '', value: '', enabled: true }

/** Headers that are made again at each sending: they do not come back from history. */
const madeAnew = new Set([
  'authorization',
  'host',
  'user-agent',
  'connection',
  'accept-encoding',
  'content-length',
  'transfer-encoding',
])

/** The request of an earlier exchange, to look at and to send again. */
export function draftOfExchange(exchange: ExchangeView, accountIds: readonly string[]): RequestDraft {
  const accountId = callerOf(exchange)
  const body = bodyOf(exchange)
  return {
    method: exchange.method,
    url: exchange.url,
    query: [],
    headers: exchange.sent.headers
      .filter(([name]) => !madeAnew.has(name.toLowerCase()))
      .filter(([name]) => !(name.toLowerCase() === 'content-type' && body.kind !== 'none'))
      .filter(([name, value]) => !(name.toLowerCase() === 'accept' && value === '*/*'))
      .map(([name, value]) => ({ name, value, enabled: true })),
    body,
    accountId: accountId && accountIds.includes(accountId) ? accountId : null,
  }
}

/** Whose token it carried, or would have carried where the user had allowed it. */
function callerOf({ carried, remedies = [] }: ExchangeView): string | null {
  const asked = remedies.find((remedy) => remedy.kind === 'allow-token')
  return carried?.accountId ?? asked?.accountId ?? null
}

/** Rows that were left empty are not part of the request. */
export function cleanDraft(draft: RequestDraft): RequestDraft {
  const { path = [], variables = [], settings, ...rest } = draft
  const named = pathNames(draft.url)
  const [ofPath, own] = [filled(path).filter(({ name }) => named.includes(name)), filled(variables)]
  return {
    ...rest,
    ...(ofPath.length > 0 && { path: ofPath }),
    ...(own.length > 0 && { variables: own }),
    ...cleanAddress(draft),
    headers: filled(draft.headers),
    ...cleanChecks(draft.checks),
    ...cleanSettings(settings),
    ...cleanCaptures(draft.captures),
    body: cleanBody(draft.body),
  }
}

/** Its whole query as rows, of which those that are on are sent whatever they are. */
function cleanAddress({ url, query }: RequestDraft): Pick<RequestDraft, 'url' | 'query'> {
  const some = query.filter(({ name, value, enabled }) => enabled || name.trim() !== '' || value !== '')
  return addressRows(addressText({ url, query: some }).trim(), some)
}

function filled(rows: Pair[]): Pair[] {
  return rows.filter((row) => row.name.trim() !== '' || row.value !== '')
}

function cleanBody(body: RequestBody): RequestBody {
  if (body.kind === 'form') return { ...body, fields: filled(body.fields) }
  if (body.kind !== 'multipart') return body
  const parts = body.parts.filter(({ name, value, files }) => name.trim() !== '' || value !== '' || files)
  return {
    ...body,
    parts: parts.map(({ contentType, ...part }) => (contentType ? { ...part, contentType } : part)),
  }
}

function cleanChecks(checks: readonly Check[] | undefined): Partial<RequestDraft> {
  const some = checks?.filter(({ expression, value }) => expression.trim() !== '' || value !== '') ?? []
  return { checks: some.length === 0 ? undefined : some }
}

function cleanSettings(settings: SendSettings = {}): Pick<RequestDraft, 'settings'> {
  const said = defined(settings)
  return Object.keys(said).length === 0 ? {} : { settings: said }
}

function cleanCaptures(captures: readonly Capture[] | undefined): Partial<RequestDraft> {
  const some =
    captures?.filter(({ name, expression }) => name.trim() !== '' || expression.trim() !== '') ?? []
  return { captures: some.length === 0 ? undefined : some }
}

export function sameDraft(a: RequestDraft, b: RequestDraft): boolean {
  return inOrder(cleanDraft(a)) === inOrder(cleanDraft(b))
}

/** As text, whatever the order in which the members were put. */
function inOrder(value: unknown): string {
  return JSON.stringify(value, (_name, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([one], [other]) => (one < other ? -1 : 1)))
      : member,
  )
}

/** Whether what is shown answers another request than the one that is there now. Where it was not sent from here,
 *  method and address tell, unless variables are in it. */
export function answersAnother(
  { draft, sent }: { draft: RequestDraft; sent?: RequestDraft },
  exchange: Pick<ExchangeView, 'method' | 'url'>,
): boolean {
  if (sent) return !sameDraft(draft, sent)
  if (draft.method !== exchange.method) return true
  const address = URL.parse(draft.url.trim())
  const answered = URL.parse(exchange.url)
  if (draft.url.includes('{{') || !address || !answered) return false
  return address.origin !== answered.origin || address.pathname !== answered.pathname
}

/** What an unnamed request is called: its path. */
export function titleOf(name: string, draft: RequestDraft): string {
  return name || (draft.url.trim() === '' ? 'New request' : pathOf(draft.url.trim()))
}

function bodyOf({ sent }: ExchangeView): RequestBody {
  const type = sent.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
  const text = sent.bodyText
  if (text === undefined || text === '') return { kind: 'none' }
  // What files it had is not kept.
  if (/^multipart\/form-data/i.test(type)) return { kind: 'none' }
  if (/[/+]json\b/i.test(type)) return { kind: 'json', text }
  if (/x-www-form-urlencoded/i.test(type)) {
    return {
      kind: 'form',
      fields: [...new URLSearchParams(text)].map(([name, value]) => ({ name, value, enabled: true })),
    }
  }
  return { kind: 'text', text, contentType: type || 'text/plain' }
}
