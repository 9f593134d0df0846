/** A header that two responses do not have alike; a value that is missing is undefined. */
export interface HeaderChange {
  name: string
  before?: string
  after?: string
}

type Headers = readonly (readonly [string, string])[]

/** The headers that differ, in the order of their names, and how many do not. */
export function headerChanges(left: Headers, right: Headers): { changes: HeaderChange[]; same: number } {
  const [one, other] = [byName(left), byName(right)]
  const names = [...new Set([...one.keys(), ...other.keys()])].sort()
  const changes = names.flatMap((name): HeaderChange[] => {
    const [before, after] = [one.get(name), other.get(name)]
    if (before === after) return []
    return [{ name, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }]
  })
  return { changes, same: names.length - changes.length }
}

function byName(headers: Headers): Map<string, string> {
  const found = new Map<string, string>()
  for (const [name, value] of headers) {
    const key = name.toLowerCase()
    const before = found.get(key)
    found.set(key, before === undefined ? value : `${before}\n${value}`)
  }
  return found
}
