import type { Check } from '@contract/sending/checks'
import { defined } from '@contract/defined'
import type { Pair, RequestBody, RequestDraft } from '@contract/requests'
import { addressText } from '@contract/tables/addresses'
import { authTexts } from './auth-texts.ts'
import { hasToken, isCredentials, isVariable } from '../secrecy/looks.ts'
import { secretPairs, userInformation } from '../secrecy/mask.ts'
import { mentionsSecretIn } from '../secrecy/named-values.ts'
import { isSecretHeader, isSecretName } from '../secrecy/names.ts'

/** Secrets of a draft by the place where each is, e.g. `header:Authorization:0`. */
export type DraftSecrets = Record<string, string>

/** Takes the secrets out of a draft: header, query and form values that are secret by name or look, an address or
 *  a body that holds one. What is left may be on the disk as it is. */
export function splitDraft(draft: RequestDraft): { open: RequestDraft; secrets: DraftSecrets } {
  const secrets: DraftSecrets = {}
  const open = eachText(draft, (place, text, secret) => {
    if (!secret) return text
    secrets[place] = text
    return withoutSecret(place, text)
  })
  return { open, secrets }
}

/** Puts the secrets back where they were. A place that is gone, or has a text by now, stays as it is. */
export function joinDraft(open: RequestDraft, secrets: DraftSecrets): RequestDraft {
  return eachText(open, (place, text) => {
    const secret = Object.hasOwn(secrets, place) ? secrets[place] : undefined
    return secret !== undefined && isUntouched(place, text, secret) ? secret : text
  })
}

/** What the fields of a form and the auth of a draft hold that is secret, wherever they are sent. */
export function fieldSecrets(draft: RequestDraft): string[] {
  return Object.entries(splitDraft(draft).secrets)
    .filter(([place]) => place.startsWith('field:') || place.startsWith('auth:'))
    .map(([, text]) => text)
}

/** The name of a request, which is never secret: one that was made of an address which holds a secret is made of what is
 *  left of that. */
export function openName(name: string, draft: RequestDraft): string {
  const whole = addressText(draft).trim()
  if (!urlHoldsSecret(whole)) return name
  const made = [whole, withoutQuery(whole), pathIn(whole), withoutQuery(pathIn(whole))]
  if (!made.includes(name.trim())) return name
  const left = withoutSecret('url', whole)
  return left === noAddress || left === '' ? 'Request' : pathIn(left)
}

type Rows = 'header' | 'query' | 'path' | 'variable' | 'field'
type Change = (place: string, text: string, secret: boolean) => string

/** What is left of an address that is secret up to its path. */
const noAddress = 'https://'

/** Whether a row of a request holds what lets its holder act for someone: by its name, or by its look. */
function rowHoldsSecret({ name, value }: Pair): boolean {
  return (
    value !== '' &&
    !isVariable(value) &&
    (isSecretHeader(name.trim()) || isSecretName(name.trim()) || isCredentials(value) || hasToken(value))
  )
}

function urlHoldsSecret(text: string): boolean {
  return hasToken(text) || namesUser(text) || secretPairs(text, isSecretName).length > 0
}

function namesUser(url: string): boolean {
  const user = userInformation(url)
  return user !== undefined && !isVariable(url.slice(user.start, user.end))
}

/** The n-th row of a name keeps its place when other rows come and go. */
function eachRow<Row extends Pair>(kind: Rows, rows: readonly Row[], change: Change): Row[] {
  const seen = new Map<string, number>()
  return rows.map((row) => {
    const name = row.name.trim().toLowerCase()
    const count = seen.get(name) ?? 0
    seen.set(name, count + 1)
    return { ...row, value: change(`${kind}:${name}:${count}`, row.value, rowHoldsSecret(row)) }
  })
}

/** What a response is compared with is secret by its look alone: its name is a part of a response. */
function eachCheck(checks: readonly Check[], change: Change): Check[] {
  return checks.map((one, index) => ({
    ...one,
    value: change(
      `check:${one.expression}:${index}`,
      one.value,
      isCredentials(one.value) || hasToken(one.value),
    ),
  }))
}

function eachText(draft: RequestDraft, change: Change): RequestDraft {
  const { body } = draft
  return {
    ...draft,
    url: change('url', draft.url, urlHoldsSecret(draft.url)),
    query: eachRow('query', draft.query, change),
    ...(draft.path && { path: eachRow('path', draft.path, change) }),
    headers: eachRow('header', draft.headers, change),
    ...(draft.checks && { checks: eachCheck(draft.checks, change) }),
    ...(draft.variables && { variables: eachRow('variable', draft.variables, change) }),
    body: eachTextOfBody(body, change),
    ...defined({
      auth:
        draft.auth &&
        authTexts(draft.auth, (field, text, secret) =>
          change(`auth:${field}`, text, secret && text !== '' && !isVariable(text)),
        ),
    }),
  }
}

function eachTextOfBody(body: RequestBody, change: Change): RequestBody {
  const whole = (place: string, text: string): string =>
    change(place, text, hasToken(text) || mentionsSecretIn(text))
  switch (body.kind) {
    case 'none':
    case 'file':
      return body
    case 'form':
      return { ...body, fields: eachRow('field', body.fields, change) }
    case 'multipart':
      return { ...body, parts: eachRow('field', body.parts, change) }
    case 'graphql':
      return { ...body, query: whole('body', body.query), variables: whole('variables', body.variables) }
    case 'json':
    case 'xml':
    case 'text':
      return { ...body, text: whole('body', body.text) }
  }
}

/** An address without its query, which holds a secret; without anything where the path does. */
function withoutSecret(place: string, text: string): string {
  if (place !== 'url') return ''
  const bare = withoutQuery(text)
  return hasToken(bare) || namesUser(bare) ? noAddress : bare
}

/** What was taken apart by earlier rules comes together as well. */
function isUntouched(place: string, text: string, secret: string): boolean {
  if (text === withoutSecret(place, secret)) return true
  return place === 'url' && (text === noAddress || text === secret.split('?', 1)[0])
}

function pathIn(url: string): string {
  if (!URL.canParse(url)) return url
  const { pathname, search } = new URL(url)
  return pathname + search
}

function withoutQuery(text: string): string {
  return text.split(/[?#]/, 1)[0] ?? ''
}
