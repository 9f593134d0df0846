import { ok, type Result } from '@contract/result'
import type { RequestDraft } from '@contract/requests'
import { dynamicValue } from '../../../http/dynamic-values.ts'
import { layeredVariables, type VariableLayer } from '../../../http/variable-layers.ts'
import { ownVariables, type Lookup } from '../../../http/variables.ts'
import type { Clock } from '../../../records/ports.ts'
import type { Environments } from '../../environments/environments.ts'
import type { RandomBytes } from '../../../oauth/wire/encoding.ts'

interface Dependencies {
  clock: Clock
  randomBytes: RandomBytes
  variables: Pick<Environments, 'values'>
}

/** The variables of one sending, the nearest first: captured ones, the request's, those of its folders, environment and
 *  collection, and those of the profile's environment. Codes: those of the vault. */
export function createRequestVariables({ clock, randomBytes, variables }: Dependencies) {
  return (
    draft: Pick<RequestDraft, 'variables'>,
    { before = [], behind = [] }: { before?: VariableLayer[]; behind?: VariableLayer[] } = {},
  ): Result<Lookup> => {
    const values = variables.values()
    if (!values.ok) return values
    const layers: VariableLayer[] = [
      ...before,
      { values: ownVariables(draft), expands: true },
      ...behind,
      { values: values.value, expands: false },
    ]
    return ok(layeredVariables(layers, (name) => dynamicValue(name, { now: () => clock.now(), randomBytes })))
  }
}

export type RequestVariables = ReturnType<typeof createRequestVariables>
