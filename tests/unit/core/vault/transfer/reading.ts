import { readExport } from '../../../../../src/core/vault/transfer/read-export.ts'
import { plainFile, steps } from '../profile.ts'
import { sample } from './sample-export.ts'

export const password = 'export with these words'
export const encoded = (content: unknown) => plainFile.encrypt(Buffer.from(JSON.stringify(content)), password)
export const read = async (content: unknown, how = steps()) =>
  readExport(await encoded(content), password, plainFile, how)
/** `taken`, or why not. */
export const code = async (content: unknown, how = steps()) => {
  const result = await read(content, how)
  return result.ok ? 'taken' : result.error.code
}

/** The same document with another value at a path, or without the member where the value is undefined. */
export const changed = (path: string, value: unknown): unknown => {
  const document = sample()
  const names = path.split('.')
  const last = names.pop() ?? ''
  let at = document as unknown as Record<string, unknown>
  for (const name of names) at = at[name] as Record<string, unknown>
  if (value === undefined) Reflect.deleteProperty(at, last)
  else at[last] = value
  return document
}
