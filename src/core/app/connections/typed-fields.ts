import { defined } from '@contract/defined'
import type { ConnectionDraft } from '@contract/connections'
import type { ConnectionSettings } from '@contract/connection-settings'
import { settingsAsTyped, typedSettings, typedText } from '@contract/tables/typed-fields'
import { fail, ok, type Failure, type Result } from '@contract/result'
import { resolveText, type VariableValue } from '../../http/variables.ts'
import type { Connection } from '../../records/model.ts'

type Variables = ReadonlyMap<string, VariableValue>
type Typed = NonNullable<ConnectionSettings['typed']>

const wholeName = /^\s*\{\{[^{}]{1,80}\}\}\s*$/

/** The fields of a draft with their variables put in, and beside them what was typed: a connection, and all that is
 *  sealed for it, is bound to where the values lead now. A client secret keeps its name, and is resolved at each use.
 *  Codes: `variable_unknown`, `variable_secret_here`. */
export function resolveFields(
  draft: ConnectionDraft,
  stored: Connection | undefined,
  variables: Variables,
): Result<ConnectionDraft> {
  const typed: Typed = []
  const missing = new Set<string>()
  const secrets = new Set<string>()
  function text(field: string, template: string): string {
    if (!template.includes('{{')) return template
    const resolved = resolveText(template, variables)
    for (const name of resolved.missing) missing.add(name)
    if (resolved.secret) secrets.add(field)
    if (resolved.text !== template) typed.push({ field, template, value: resolved.text })
    return resolved.text
  }
  const settings = settingsAsTyped(draft.settings ?? stored?.settings ?? {})
  const texts = typedSettings.flatMap((name) => {
    const value = settings[name]
    return value === undefined ? [] : [[name, text(name, value)] as const]
  })
  const extra = settings.extra?.map(({ name, value }, index) => ({
    name,
    value: text(`extra ${index}`, value),
  }))
  const provider = Object.fromEntries(
    Object.entries(draft.provider).map(([name, value]: [string, string | undefined]) => [
      name,
      value === undefined ? value : text(name, value),
    ]),
  ) as ConnectionDraft['provider']
  const resolved = {
    ...draft,
    provider,
    clientId: text('clientId', draft.clientId),
    scope: text('scope', draft.scope),
    ...defined({ resource: draft.resource === undefined ? undefined : text('resource', draft.resource) }),
  }
  const secret = draft.clientSecret ?? typedText(stored?.settings, 'clientSecret')
  if (secret !== undefined && wholeName.test(secret)) {
    for (const name of resolveText(secret, variables).missing) missing.add(name)
    typed.push({ field: 'clientSecret', template: secret, value: '' })
  }
  if (missing.size > 0) return unknownNames(missing)
  const [field] = secrets
  if (field !== undefined) return secretHere(field)
  return ok({
    ...resolved,
    settings: {
      ...settings,
      ...Object.fromEntries(texts),
      ...defined({ extra }),
      ...defined({ typed: typed.length === 0 ? undefined : typed }),
    },
  })
}

/** Texts with their variables put in, before anything is sent. Codes: `variable_unknown`, `variable_secret_here`. */
export function resolveTexts<Fields extends Record<string, string>>(
  fields: Fields,
  variables: Variables,
): Result<Fields> {
  const resolved = Object.entries(fields).map(([field, text]) => ({ field, ...resolveText(text, variables) }))
  const missing = new Set(resolved.flatMap((each) => each.missing))
  if (missing.size > 0) return unknownNames(missing)
  const secret = resolved.find((each) => each.secret)
  if (secret !== undefined) return secretHere(secret.field)
  return ok(Object.fromEntries(resolved.map(({ field, text }) => [field, text])) as Fields)
}

/** Whether the variables of a connection still stand for what they stood for when it was saved: where they do not, its
 *  user is asked before anything goes elsewhere. Codes: `variable_unknown`, `connection_variables_changed`. */
export function confirmFields({ name, settings }: Connection, variables: Variables): Failure | undefined {
  for (const { field, template, value } of settings?.typed ?? []) {
    const { text, secret, missing } = resolveText(template, variables)
    if (missing.length > 0) return unknownNames(missing, name).error
    if (field !== 'clientSecret' && text !== value)
      return {
        code: 'connection_variables_changed',
        message:
          field === 'import' || secret
            ? `The connection “${name}” was imported and takes ${template.slice(0, 200)} from your variables. Nothing was sent.`
            : `${template} in the connection “${name}” is now “${text.slice(0, 200)}”; it was “${value.slice(0, 200)}” when saved. Nothing was sent.`,
        next: 'If it should lead there, open the connection and save it again.',
      }
  }
  return undefined
}

/** A client secret that is the name of a variable, as that variable's value. */
export function resolveSecret(
  secret: string | undefined,
  settings: ConnectionSettings | undefined,
  variables: Variables,
): string | undefined {
  const isName = secret !== undefined && typedText(settings, 'clientSecret') === secret
  return isName ? resolveText(secret, variables).text.trim() : secret
}

function secretHere(field: string) {
  return fail(
    'variable_secret_here',
    `The field ${field} names a secret variable, whose value would be kept here in plain text.`,
    'Make it a plain variable in Settings, Environments. The client secret may name a secret one.',
  )
}

function unknownNames(names: Iterable<string>, connection?: string) {
  const of = connection === undefined ? '' : ` of the connection “${connection}”`
  return fail(
    'variable_unknown',
    `${[...names].map((name) => `{{${name}}}`).join(', ')}${of} is not known in its environment. Nothing was sent.`,
    'Add it in Settings, Environments.',
  )
}
