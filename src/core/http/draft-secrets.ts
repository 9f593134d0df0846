import type { Pair, RequestDraft } from '@contract/requests'
import { isSecretHeader, isSecretName } from './origin.ts'

/** Secrets of a draft by the place where each stands, e.g. `header:Authorization:0`. */
export type DraftSecrets = Record<string, string>

const jwtLike = /\beyJ[\w-]{5,}\.[\w-]*/
const credentials = /^(?:bearer|basic|dpop|digest|token|negotiate|aws4-hmac-sha256)\s+\S{4,}/i
const namedInText =
  /["'&<]?[\w.-]*(?:password|passwd|secret|token|api_?key|assertion|credential)[\w.-]*["']?\s*[:=>]/i

/** Takes the secrets out of a draft: header, query and form values that are secret by name or look, an address or
 *  a body that holds one. What is left may stand on the disk as it is. */
export function splitDraft(draft: RequestDraft): { open: RequestDraft; secrets: DraftSecrets } {
  const secrets: DraftSecrets = {}
  const open = eachText(draft, (place, text, secret) => {
    if (!secret) return text
    secrets[place] = text
    return withoutSecret(place, text)
  })
  return { open, secrets }
}

/** Puts the secrets back where they stood. A place that is gone, or has a text by now, stays as it is. */
export function joinDraft(open: RequestDraft, secrets: DraftSecrets): RequestDraft {
  return eachText(open, (place, text) =>
    Object.hasOwn(secrets, place) && text === withoutSecret(place, secrets[place] ?? '')
      ? (secrets[place] ?? text)
      : text,
  )
}

/** The texts of a draft that must not reach the history, each without the name of its scheme. */
export function secretTexts(draft: RequestDraft): string[] {
  const texts: string[] = []
  eachText(draft, (place, text, secret) => {
    if (secret && place === 'url')
      for (const [name, value] of new URLSearchParams(text.slice(text.indexOf('?') + 1)))
        if (isSecretRow({ name, value, enabled: true })) texts.push(value)
    if (secret && place !== 'url' && place !== 'body')
      texts.push(text.trim().replace(/^[A-Za-z][\w-]* +/, ''))
    return text
  })
  return texts.filter((text) => text.length >= shortest)
}

type Rows = 'header' | 'query' | 'field'
type Change = (place: string, text: string, secret: boolean) => string

/** An address fit for the history: secret values of its query are replaced by a mark, but for those that somebody
 *  else covers. */
export function maskUrl(text: string, coveredElsewhere: ReadonlySet<string> = new Set()): string {
  if (!isSecretUrl(text)) return text
  const url = new URL(text)
  const pairs = [...url.searchParams]
  url.search = ''
  for (const [name, value] of pairs)
    url.searchParams.append(
      name,
      !coveredElsewhere.has(value) && isSecretRow({ name, value, enabled: true }) ? mark : value,
    )
  return url.href.replace(jwtLike, mark)
}

/** The body that was sent, fit for the history: secret fields of a form are replaced by a mark, another text that
 *  holds a secret is left out. */
export function maskSent({ body }: RequestDraft, text: string): string {
  if (body.kind !== 'form') return isSecretText(text) ? `${mark} not kept: it holds a secret` : text
  const form = new URLSearchParams()
  for (const row of body.fields)
    if (row.enabled && row.name !== '') form.append(row.name, isSecretRow(row) ? mark : row.value)
  return body.fields.some(isSecretRow) ? form.toString() : text
}

/** Whether a row of a request holds what lets its holder act for somebody: by its name, or by its look. */
function isSecretRow({ name, value }: Pair): boolean {
  return (
    value !== '' &&
    (isSecretHeader(name.trim()) ||
      isSecretName(name.trim()) ||
      credentials.test(value.trim()) ||
      jwtLike.test(value))
  )
}

function isSecretText(text: string): boolean {
  return jwtLike.test(text) || namedInText.test(text)
}

function isSecretUrl(text: string): boolean {
  const query = text.indexOf('?')
  if (query < 0) return jwtLike.test(text)
  return [...new URLSearchParams(text.slice(query + 1))].some(([name, value]) =>
    isSecretRow({ name, value, enabled: true }),
  )
}

const shortest = 8

/** The n-th row of a name keeps its place when other rows come and go. */
function eachRow(kind: Rows, rows: readonly Pair[], change: Change): Pair[] {
  const seen = new Map<string, number>()
  return rows.map((row) => {
    const name = row.name.trim().toLowerCase()
    const count = seen.get(name) ?? 0
    seen.set(name, count + 1)
    return { ...row, value: change(`${kind}:${name}:${count}`, row.value, isSecretRow(row)) }
  })
}

const mark = '•••'

function eachText(draft: RequestDraft, change: Change): RequestDraft {
  const { body } = draft
  return {
    ...draft,
    url: change('url', draft.url, isSecretUrl(draft.url)),
    query: eachRow('query', draft.query, change),
    headers: eachRow('header', draft.headers, change),
    body:
      body.kind === 'none'
        ? body
        : body.kind === 'form'
          ? { ...body, fields: eachRow('field', body.fields, change) }
          : { ...body, text: change('body', body.text, isSecretText(body.text)) },
  }
}

/** An address without its query, which holds a secret; without anything where the path does. */
function withoutSecret(place: string, text: string): string {
  if (place !== 'url') return ''
  const bare = text.split('?', 1)[0] ?? ''
  return jwtLike.test(bare) ? 'https://' : bare
}
