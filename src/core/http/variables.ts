import type { Pair, RequestBody, RequestDraft } from '@contract/requests'
import { fail, ok, type Result } from '@contract/result'
import { variableMark } from '../text/variable-names.ts'
import { shortestWhole, type KnownSecret } from '../secrecy/scrub.ts'
import type { WireRequest } from './wire.ts'

/** What a variable stands for. */
export interface VariableValue {
  value: string
  secret: boolean
}

/** A secret shorter than this cannot be told apart in what is shown, in characters. */
export const shortestSecret = shortestWhole

/** Puts variables into a draft: `{{name}}` in URL, parameters, headers and body. What a value contains is not looked
 *  at again. Answers which secret values were used, so that they can be covered in what is kept.
 *  Code: `variable_unknown`. */
export function resolveDraft(
  draft: RequestDraft,
  variables: ReadonlyMap<string, VariableValue>,
  environment: string,
): Result<{ draft: RequestDraft; secrets: Map<string, string> }> {
  const unknown = new Set<string>()
  const secrets = new Map<string, string>()
  const text = (source: string): string =>
    source.replace(variableMark, (whole, name: string) => {
      const found = variables.get(name)
      if (found === undefined) {
        unknown.add(name)
        return whole
      }
      if (found.secret) secrets.set(name, found.value)
      return found.value
    })
  const pairs = (rows: Pair[]): Pair[] =>
    rows.map((row) => (row.enabled ? { ...row, name: text(row.name), value: text(row.value) } : row))
  function body(given: RequestBody): RequestBody {
    switch (given.kind) {
      case 'json':
      case 'text':
        return { ...given, text: text(given.text) }
      case 'form':
        return { ...given, fields: pairs(given.fields) }
      default:
        return given
    }
  }
  const resolved: RequestDraft = {
    ...draft,
    url: text(draft.url),
    query: pairs(draft.query),
    headers: pairs(draft.headers),
    body: body(draft.body),
  }
  if (unknown.size > 0) {
    const names = [...unknown].map((name) => `{{${name}}}`)
    return fail(
      'variable_unknown',
      `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} not known in the environment “${environment}”. Nothing was sent.`,
      'Add it in Settings, Environments, or switch to the environment that has it.',
    )
  }
  return ok({ draft: resolved, secrets })
}

/** Puts variables into one text. What a value contains is not looked at again. */
export function resolveText(
  source: string,
  variables: ReadonlyMap<string, VariableValue>,
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
