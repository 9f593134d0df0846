import { z } from 'zod'
import { call } from './call.ts'
import { id, limits, name, nothing } from './limits.ts'

/** A variable's name: what stands between `{{` and `}}`. */
const variableName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_.-]{0,63}$/, 'a name begins with a letter and has letters, digits, _ . - only')

/** A variable. The value of a secret one never reaches the page. */
export interface VariableView {
  name: string
  secret: boolean
  value?: string
}

export interface EnvironmentView {
  id: string
  name: string
  current: boolean
  variables: VariableView[]
  /** How many connections belong to it. */
  connections: number
}

const variables = z
  .array(
    z
      .object({
        name: variableName,
        secret: z.boolean(),
        /** Left out: a secret one keeps its value. */
        value: z.string().max(limits.headerValue).optional(),
      })
      .strict(),
  )
  .max(200)
export type VariableDraft = z.infer<typeof variables>[number]

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
