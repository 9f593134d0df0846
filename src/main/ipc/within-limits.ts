/** What an argument may hold, whatever its schema says: a schema looks at every member of a list before it
 *  counts them. */
export const inputLimits = {
  /** Objects within objects; the contract needs 4. */
  depth: 10,
  /** Members of all objects and lists together; the contract needs about 2,500. */
  members: 20_000,
  /** Characters of all strings and names, and bytes of all buffers, together. */
  characters: 33_554_432,
} as const

/** Whether the argument is plain data of an acceptable size. Stops at the first limit, so that it costs little
 *  for any input. Maps, dates and other classes are no plain data; bytes are. */
export function isWithinLimits(input: unknown): boolean {
  let members = 0
  let characters = 0
  const open: { value: unknown; depth: number }[] = [{ value: input, depth: 0 }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, depth } = next
    if (typeof value === 'string') characters += value.length
    else if (value instanceof Uint8Array) characters += value.byteLength
    else if (Array.isArray(value)) {
      members += value.length
      if (depth >= inputLimits.depth || members > inputLimits.members) return false
      for (const item of value) open.push({ value: item, depth: depth + 1 })
    } else if (typeof value === 'object' && value !== null) {
      if (depth >= inputLimits.depth || !isPlain(value)) return false
      for (const name in value) {
        members += 1
        characters += name.length
        if (members > inputLimits.members) return false
        open.push({ value: (value as Record<string, unknown>)[name], depth: depth + 1 })
      }
    }
    if (characters > inputLimits.characters) return false
  }
  return true
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype
}
