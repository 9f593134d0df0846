import type { YamlFile } from './yaml-file.ts'

/** All that a file says, as plain data. */
export function plainOf({ document, text }: YamlFile): Record<string, unknown> {
  try {
    return document.toJS({ maxAliasCount: 1_000 }) as Record<string, unknown>
  } catch {
    // Aliases of aliases that would fill the memory: such a file is not changed.
    return { text }
  }
}

/** Plain data without these members. */
export function withoutNames(value: unknown, names: readonly string[]): unknown {
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)))
    : value
}

/** Plain data as an object; an empty one where it is something else. */
export function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
