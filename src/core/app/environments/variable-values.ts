import { ok, type Result } from '@contract/result'
import type { VariableValue } from '../../http/variables.ts'
import type { EnvironmentStore, Variable } from '../../records/environment-store.ts'
import { variablePlace } from '../tokens/token-vault.ts'
import type { CurrentSession } from '../vault/session.ts'

interface Dependencies {
  session: CurrentSession
  environments: Pick<EnvironmentStore, 'variables'>
}

/** Opens one variable. Codes: those of the vault. */
export function openVariable(
  session: CurrentSession,
  { id, userId, value, sealedValue }: Variable,
): Result<VariableValue> {
  if (sealedValue === undefined) return ok({ value: value ?? '', secret: false })
  const opened = session().box.open(variablePlace(userId, id), sealedValue)
  return opened.ok ? ok({ value: opened.value, secret: true }) : opened
}

/** The variables of an environment, opened for one use. Codes: those of the vault. */
export function createVariableValues({ session, environments }: Dependencies) {
  return (environmentId: string): Result<Map<string, VariableValue>> => {
    const values = new Map<string, VariableValue>()
    for (const variable of environments.variables(session().user.id, environmentId)) {
      const opened = openVariable(session, variable)
      if (!opened.ok) return opened
      values.set(variable.name, opened.value)
    }
    return ok(values)
  }
}
