import { defined } from '@contract/defined'
import type { EnvironmentView, VariableDraft } from '@contract/environments'
import { limits } from '@contract/limits'
import { fail, ok, type Result } from '@contract/result'
import { shortestSecret, type VariableValue } from '../../http/variables.ts'
import type { EnvironmentStore, Variable } from '../../records/environment-store.ts'
import type { Environment } from '../../records/model.ts'
import type { Clock, ConnectionStore } from '../../records/ports.ts'
import { createVariableValues, openVariable } from './variable-values.ts'
import type { Bin } from '../bin/bin.ts'
import { createEnvironmentView } from './environment-view.ts'
import type { CurrentSession } from '../vault/session.ts'
import { variablePlace } from '../tokens/token-vault.ts'

interface Dependencies {
  session: CurrentSession
  clock: Clock
  newId: () => string
  environments: EnvironmentStore
  connections: ConnectionStore
  /** Makes it the session's. */
  enter: (environment: Environment) => void
  bin: Pick<Bin, 'discard'>
  /** Lists show what belongs to the current environment: all of them are to be read again. */
  changed: () => void
}

/** Changing environments: named variables, and which connections belong together. Requests belong to all of them.
 *  Codes: `environment_*`, `variable_*`, those of the vault. */
export function createEnvironments(deps: Dependencies) {
  const unknown = () =>
    fail('environment_unknown', 'This environment no longer exists.', 'Choose another one.')

  const view = createEnvironmentView(deps)
  const valuesOf = createVariableValues(deps)
  const taken = (name: string, but?: string): boolean =>
    deps.environments
      .list(deps.session().user.id)
      .some((each) => each.id !== but && each.name.toLowerCase() === name.toLowerCase())
  const nameTaken = (name: string) =>
    fail('environment_name_taken', `An environment named “${name}” already exists.`, 'Choose another name.')

  const open = (variable: Variable): Result<VariableValue> => openVariable(deps.session, variable)

  /** One variable as it is to be stored; a secret one that brings no value keeps what it has. */
  function toStore(
    draft: VariableDraft,
    environmentId: string,
    before: Map<string, Variable>,
  ): Result<Variable> {
    const { user, box } = deps.session()
    const { name, secret } = draft
    const base = { id: deps.newId(), userId: user.id, environmentId, name }
    const kept = before.get(name)
    if (!secret) {
      if (draft.value === undefined && kept?.sealedValue !== undefined)
        return fail(
          'variable_no_value',
          `“${name}” was secret; enter its value again to make it plain.`,
          'Enter the value.',
        )
      return ok({ ...base, value: draft.value ?? '' })
    }
    if (draft.value === undefined) {
      if (kept === undefined)
        return fail('variable_no_value', `“${name}” has no value yet.`, 'Enter the value.')
      if (kept.sealedValue !== undefined) return ok({ ...kept })
    }
    const value = draft.value ?? kept?.value ?? ''
    if (value.length < shortestSecret)
      return fail(
        'variable_secret_short',
        `The secret “${name}” is shorter than ${shortestSecret} characters: it cannot be masked reliably.`,
        'Use a longer one, or make it plain.',
      )
    return ok({ ...base, sealedValue: box.seal(variablePlace(user.id, base.id), value) })
  }

  function saveVariables({
    id,
    variables,
  }: {
    id: string
    variables: VariableDraft[]
  }): Result<EnvironmentView> {
    const { user } = deps.session()
    const found = deps.environments.get(user.id, id)
    if (!found) return unknown()
    const before = new Map(deps.environments.variables(user.id, id).map((each) => [each.name, each]))
    const rows: Variable[] = []
    for (const draft of variables) {
      if (rows.some(({ name }) => name === draft.name))
        return fail('variable_twice', `“${draft.name}” appears twice.`, 'Remove one of them.')
      const row = toStore(draft, id, before)
      if (!row.ok) return row
      rows.push(row.value)
    }
    for (const gone of before.values())
      if (!rows.some(({ name }) => name === gone.name))
        deps.bin.discard({ kind: 'variable', name: gone.name, detail: found.name }, [gone.id])
    deps.environments.saveVariables(user.id, id, rows)
    deps.changed()
    return ok(view(found))
  }

  return {
    create({ name, copyFrom }: { name: string; copyFrom?: string | undefined }): Result<EnvironmentView> {
      const { user, box } = deps.session()
      if (taken(name)) return nameTaken(name)
      const environment: Environment = { id: deps.newId(), userId: user.id, name }
      const copies: Variable[] = []
      for (const variable of copyFrom === undefined ? [] : deps.environments.variables(user.id, copyFrom)) {
        const opened = open(variable)
        if (!opened.ok) return opened
        const id = deps.newId()
        const { value, secret } = opened.value
        copies.push({
          id,
          userId: user.id,
          environmentId: environment.id,
          name: variable.name,
          // A ciphertext opens in its own row only, so it is sealed again.
          ...(secret ? { sealedValue: box.seal(variablePlace(user.id, id), value) } : { value }),
        })
      }
      deps.environments.add(environment)
      deps.environments.saveVariables(user.id, environment.id, copies)
      deps.changed()
      return ok(view(environment))
    },

    rename({ id, name }: { id: string; name: string }): Result<EnvironmentView> {
      const { user, environment: current } = deps.session()
      if (!deps.environments.get(user.id, id)) return unknown()
      if (taken(name, id)) return nameTaken(name)
      deps.environments.rename(user.id, id, name)
      const renamed: Environment = { id, userId: user.id, name }
      if (current.id === id) deps.enter(renamed)
      deps.changed()
      return ok(view(renamed))
    },

    remove({ id }: { id: string }): Result<null> {
      const { user, environment: current } = deps.session()
      const found = deps.environments.get(user.id, id)
      if (!found) return unknown()
      const { connections } = view(found)
      if (connections > 0) {
        return fail(
          'environment_in_use',
          `${connections === 1 ? 'One connection belongs' : `${connections} connections belong`} to “${found.name}”, with the accounts signed in through it.`,
          'Switch to it and remove those first: nothing else is deleted with an environment.',
        )
      }
      const next = deps.environments.list(user.id).find((each) => each.id !== id)
      if (!next)
        return fail('environment_last', 'There must be at least one environment.', 'Rename it instead.')
      if (current.id === id) deps.enter(next)
      deps.bin.discard({ kind: 'environment', name: found.name }, [id])
      deps.changed()
      return ok(null)
    },

    use({ id }: { id: string }): Result<EnvironmentView> {
      const { user } = deps.session()
      const found = deps.environments.get(user.id, id)
      if (!found) return unknown()
      deps.environments.use(user.id, id, deps.clock.now())
      deps.enter(found)
      deps.changed()
      return ok(view(found))
    },

    saveVariables,

    /** Keeps a secret under a name in the current environment; one of that name gives way. */
    keepSecret({ name, value }: { name: string; value: string }): Result<EnvironmentView> {
      const { user, environment } = deps.session()
      const drafts = deps.environments.variables(user.id, environment.id).map((each): VariableDraft => ({
        name: each.name,
        secret: each.sealedValue !== undefined,
        ...defined({ value: each.value }),
      }))
      const kept: VariableDraft = { name, secret: true, value }
      const at = drafts.findIndex((each) => each.name === name)
      if (at >= 0) return saveVariables({ id: environment.id, variables: drafts.with(at, kept) })
      if (drafts.length >= limits.variables)
        return fail(
          'variable_too_many',
          `“${environment.name}” has ${limits.variables} variables, which is the most an environment holds.`,
          'Remove one of them, or replace the value of one.',
        )
      return saveVariables({ id: environment.id, variables: [...drafts, kept] })
    },

    /** The variables of the current environment, opened for one sending. */
    values(): Result<Map<string, VariableValue>> {
      return valuesOf(deps.session().environment.id)
    },
  }
}
export type Environments = ReturnType<typeof createEnvironments>
