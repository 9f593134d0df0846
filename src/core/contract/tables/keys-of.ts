/** The names of a table's rows, in their order; as a list that is never empty, as `z.enum` wants it. */
export function keysOf<T extends object>(table: T): [keyof T & string, ...(keyof T & string)[]] {
  return Object.keys(table) as [keyof T & string, ...(keyof T & string)[]]
}

/** What a select shows: each row's name and its words. */
export function optionsOf<K extends string, R>(
  table: Record<K, R>,
  label: (row: R) => string,
): [value: K, label: string][] {
  return keysOf(table).map((key) => [key, label(table[key])])
}

/** The row's name that a text from outside is, if it is one. */
export function keyIn<T extends object>(table: T, text: string): (keyof T & string) | undefined {
  return keysOf(table).find((key) => key === text)
}
