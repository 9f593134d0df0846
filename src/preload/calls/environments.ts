import { z } from 'zod'
import { call } from './call.ts'
import { id, name, nothing } from '@contract/limits'
import { type EnvironmentView, variables } from '@contract/environments'

/** Codes: `environment_unknown`, `environment_name_taken`, `environment_in_use`, `environment_last`,
 *  `variable_twice`, `variable_secret_short`, `variable_no_value`. */
export const environmentCalls = {
  'environments:list': call(nothing).returns<EnvironmentView[]>(),
  /** `copyFrom`: with the variables of another one. */
  'environments:create': call(
    z.object({ name, copyFrom: id.optional() }).strict(),
  ).returns<EnvironmentView>(),
  'environments:rename': call(z.object({ id, name }).strict()).returns<EnvironmentView>(),
  /** Only an empty one that is not the last. */
  'environments:remove': call(z.object({ id }).strict()).returns<null>(),
  /** From now on lists show what belongs to this one, and requests use its variables. */
  'environments:use': call(z.object({ id }).strict()).returns<EnvironmentView>(),
  'environments:save-variables': call(z.object({ id, variables }).strict()).returns<EnvironmentView>(),
}
