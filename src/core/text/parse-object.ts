import { parseJson } from './parse-json.ts'

/** The members of a JSON object; `undefined` for text that is none. */
export function parseObject(text: string): Record<string, unknown> | undefined {
  const value = parseJson(text)?.value
  return isObject(value) ? value : undefined
}

/** Whether a value has members by name: neither null nor a list. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
