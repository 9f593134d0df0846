import { z } from 'zod'
import { limits } from './limits.ts'
import { variableName as namePattern } from './words.ts'

/** A variable's name: what is between `{{` and `}}`. */
export const variableName = z
  .string()
  .regex(
    new RegExp(`^${namePattern}$`),
    'a name starts with a letter and contains only letters, digits, _ . and -',
  )

/** A variable. The value of a secret one never reaches the page. */
interface VariableView {
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

export const variables = z
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
  .max(limits.variables)
export type VariableDraft = z.infer<typeof variables>[number]
