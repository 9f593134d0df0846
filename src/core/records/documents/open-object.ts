import { z } from 'zod'

/** An object with these members and any others, which are kept as they are: a member that this version does not know
 *  is no fault, and must not be lost when the document is written again. */
export function openObject<T extends z.ZodRawShape>(shape: T): z.ZodObject<T> {
  return z.looseObject(shape)
}
