import { defined } from '@contract/defined'
import type { FormPart, Pair, QueryRow, RequestBody, RequestDraft } from '@contract/requests'
import { inRows, partRow, withPathValues } from '@contract/tables/addresses'
import { fail, ok, type Result } from '@contract/result'
import { variableMark, variableNames } from '../text/variable-names.ts'
import { shortestWhole, type KnownSecret } from '../secrecy/scrub.ts'
import { authTexts } from './auth-texts.ts'
import { withoutComments } from './json-comments.ts'
import type { WireRequest } from './wire.ts'

/** What a variable stands for. */
export interface VariableValue {
  value: string
  secret: boolean
  /** The secrets that it is made of, by their names; left out where it is one itself, or none. */
  within?: ReadonlyMap<string, string>
  /** Names in it that are not known. */
  unknown?: readonly string[]
}

/** Where variables are looked up. */
export interface Lookup {
  get: (name: string) => VariableValue | undefined
}

/** A secret shorter than this cannot be told apart in what is shown, in characters. */
export const shortestSecret = shortestWhole

/** Puts variables into a draft: `{{name}}` in URL, parameters, headers and body. What a value contains is not looked
 *  at again. Answers which secret values were used, so that they can be covered in what is kept.
 *  Codes: `variable_unknown`, `variable_too_large`. */
export function resolveDraft(
  draft: RequestDraft,
  variables: Lookup,
  environment: string | { place: string },
): Result<{ draft: RequestDraft; secrets: Map<string, string> }> {
  const unknown = new Set<string>()
  const secrets = new Map<string, string>()
  let left = resolvedLimit
  const text = (source: string, put = (value: string): string => value): string =>
    source.replace(variableMark, (whole, name: string) => {
      const found = variables.get(name)
      if (found === undefined) {
        unknown.add(name)
        return whole
      }
      for (const inner of found.unknown ?? []) unknown.add(inner)
      for (const [inner, value] of secretsIn(name, found)) secrets.set(inner, value)
      left -= found.value.length
      return left < 0 ? '' : put(found.value)
    })
  /** A variable that is all of a part of the query may be several. */
  function queryRow(row: QueryRow): QueryRow[] {
    if (!row.enabled) return [row]
    if (row.bare && row.value === '' && isOneName(row.name)) return text(row.name).split('&').map(partRow)
    return [{ ...row, name: text(row.name, asData), value: text(row.value, asData) }]
  }
  const pairs = (rows: Pair[]): Pair[] =>
    rows.map((row) => (row.enabled ? { ...row, name: text(row.name), value: text(row.value) } : row))
  function part(row: FormPart): FormPart {
    const { files, contentType } = row
    if (!row.enabled) return row
    return {
      ...row,
      name: text(row.name),
      value: text(row.value),
      ...defined({ files: files?.map((file) => text(file)), contentType: contentType && text(contentType) }),
    }
  }
  function body(given: RequestBody): RequestBody {
    switch (given.kind) {
      case 'json':
        // First the comments: what they mention need not be known, and a value may look like one.
        return { ...given, text: text(withoutComments(given.text)) }
      case 'xml':
      case 'text':
        return { ...given, text: text(given.text) }
      case 'form':
        return { ...given, fields: pairs(given.fields) }
      case 'multipart':
        return { ...given, parts: given.parts.map(part) }
      case 'file':
        return { ...given, path: text(given.path), contentType: text(given.contentType) }
      case 'graphql':
        return { ...given, query: text(given.query), variables: text(withoutComments(given.variables)) }
      case 'none':
        return given
    }
  }
  const { path = [], variables: _own, ...rest } = draft
  const { url, query } = inRows(draft)
  const resolved: RequestDraft = {
    ...rest,
    url: withPathValues(text(url), new Map(enabledValues(pairs(path)))),
    query: query.flatMap(queryRow),
    headers: pairs(draft.headers),
    body: body(draft.body),
    ...defined({ auth: draft.auth && authTexts(draft.auth, (_field, value) => text(value)) }),
  }
  if (unknown.size > 0) {
    const isNamed = typeof environment === 'string'
    const names = [...unknown].map((name) => `{{${name}}}`)
    return fail(
      'variable_unknown',
      `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} not known in ${isNamed ? `the environment “${environment}”` : environment.place}. Nothing was sent.`,
      isNamed
        ? 'Add it in Settings, Environments, or switch to the environment that has it.'
        : 'Add it to the request, its folder, the collection or an environment.',
    )
  }
  if (left < 0)
    return fail(
      'variable_too_large',
      'With the values of its variables, the request has more than 64 million characters. Nothing was sent.',
      'Use fewer variables in its body, or smaller ones.',
    )
  return ok({ draft: resolved, secrets })
}

/** A value in a query, where it is data: encoded is what would end it or be taken for a space, and a `%` that is not part
 *  of an encoding already. */
function asData(value: string): string {
  return value.replace(/[&#+=\s]|%(?![\da-f]{2})/gi, (char) => encodeURIComponent(char))
}

function isOneName(text: string): boolean {
  const [name] = variableNames(text)
  return name !== undefined && text.trim().startsWith('{{') && text.replace(variableMark, '').trim() === ''
}

function enabledValues(rows: readonly Pair[]): [string, string][] {
  return rows.filter(({ enabled }) => enabled).map(({ name, value }) => [name, value])
}

/** The variables that a request has itself. */
export function ownVariables({
  variables = [],
}: Pick<RequestDraft, 'variables'>): Map<string, VariableValue> {
  return new Map(enabledValues(variables).map(([name, value]) => [name, { value, secret: false }]))
}

/** Characters that variables add to one request at most. */
const resolvedLimit = 67_108_864

/** Puts variables into one text. What a value contains is not looked at again. */
export function resolveText(
  source: string,
  variables: Lookup,
): { text: string; secret: boolean; missing: string[] } {
  const missing: string[] = []
  let secret = false
  const text = source.replace(variableMark, (whole, name: string) => {
    const found = variables.get(name)
    if (found === undefined) missing.push(name)
    secret ||= found?.secret === true
    return found?.value ?? whole
  })
  return { text, secret, missing }
}

/** The secrets that a value is, or is made of, by their names. */
export function secretsIn(
  name: string,
  { value, secret, within }: VariableValue,
): Iterable<[string, string]> {
  return within ?? (secret ? [[name, value]] : [])
}

/** Secret variables as what is known to be secret: each is shown by its name. */
export function variableSecrets(secrets: ReadonlyMap<string, string>): KnownSecret[] {
  return [...secrets].map(([name, value]) => ({ value, shownAs: `{{${name}}}` }))
}

/** Names the headers that hold the value of a secret variable: they stay behind where a redirect leads elsewhere. */
export function withSecretHeaders(request: WireRequest, secrets: ReadonlyMap<string, string>): WireRequest {
  const values = [...secrets.values()]
  const holds = ([, value]: [string, string]) => values.some((secret) => value.includes(secret))
  return { ...request, secretHeaders: request.headers.filter(holds).map(([name]) => name.toLowerCase()) }
}
