/** What a row is, by bit: with a name, the head of a list or an object, its end, followed by a comma, open in the tree, of a
 *  name that its object has already. */
export const keyed = 1
export const opener = 2
export const closer = 4
export const comma = 8
export const open = 16
export const twice = 32

/** The rows of JSON: where each begins and ends in the text. */
export interface Rows {
  starts: Uint32Array
  ends: Uint32Array
  /** For a head its end, for an end its head. */
  partners: Uint32Array
  members: Uint32Array
  /** The place among the members of its head. */
  places: Uint32Array
  depths: Uint16Array
  flags: Uint8Array
  count: number
  /** Rows whose name their object has already. */
  doubled: number[]
}

export function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9
}

/** The end of the string that begins at `at`. */
export function stringEnd(text: string, at: number): number {
  for (let end = text.indexOf('"', at + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let slashes = 0
    while (text.charCodeAt(end - 1 - slashes) === 92) slashes += 1
    if (slashes % 2 === 0) return end + 1
  }
  return text.length
}

function makeRows(size: number, from?: Rows): Rows {
  const rows: Rows = {
    starts: new Uint32Array(size),
    ends: new Uint32Array(size),
    partners: new Uint32Array(size),
    members: new Uint32Array(size),
    places: new Uint32Array(size),
    depths: new Uint16Array(size),
    flags: new Uint8Array(size),
    count: from?.count ?? 0,
    doubled: from?.doubled ?? [],
  }
  if (from) {
    for (const name of ['starts', 'ends', 'partners', 'members', 'places', 'depths', 'flags'] as const)
      rows[name].set(from[name])
  }
  return rows
}

/** Reads valid JSON from left to right, without recursion. */
export function readRows(text: string): Rows {
  let rows = makeRows(1024)
  const heads: number[] = []
  /** By depth: the names of the object that is open there. */
  const names: Set<string>[] = []
  let isTwice = false
  let keyStart = -1
  function add(start: number, end: number, flags: number): number {
    if (rows.count === rows.starts.length) rows = makeRows(rows.count * 2, rows)
    const row = rows.count
    rows.starts[row] = keyStart === -1 ? start : keyStart
    rows.ends[row] = end
    rows.depths[row] = Math.min(heads.length, 65_535)
    rows.flags[row] = flags | (keyStart === -1 ? 0 : keyed) | (isTwice ? twice : 0)
    if (isTwice) rows.doubled.push(row)
    rows.count += 1
    keyStart = -1
    isTwice = false
    const head = heads.at(-1)
    if (head !== undefined && !(flags & closer)) {
      rows.places[row] = rows.members[head] ?? 0
      rows.members[head] = (rows.members[head] ?? 0) + 1
    }
    return row
  }
  let at = 0
  function skip(): void {
    while (isSpace(text.charCodeAt(at))) at += 1
  }
  for (skip(); at < text.length; skip()) {
    const code = text.charCodeAt(at)
    if (code === 123 || code === 91) {
      const start = at
      at += 1
      skip()
      const next = text.charCodeAt(at)
      if (next === code + 2) {
        at += 1
        add(start, at, 0)
      } else {
        heads.push(add(start, start + 1, opener))
        names[heads.length]?.clear()
      }
    } else if (code === 125 || code === 93) {
      const head = heads.pop() ?? 0
      const row = add(at, at + 1, closer)
      rows.partners[row] = head
      rows.partners[head] = row
      at += 1
    } else if (code === 44) {
      const last = rows.count - 1
      rows.flags[last] = (rows.flags[last] ?? 0) | comma
      at += 1
    } else if (code === 34) {
      const end = stringEnd(text, at)
      const start = at
      at = end
      skip()
      if (keyStart === -1 && text.charCodeAt(at) === 58) {
        keyStart = start
        const known = (names[heads.length] ??= new Set())
        const name = text.slice(start, end)
        isTwice = known.has(name)
        known.add(name)
        at += 1
      } else add(start, end, 0)
    } else {
      const start = at
      while (
        at < text.length &&
        !isSpace(code) &&
        !',]}'.includes(text.charAt(at)) &&
        !isSpace(text.charCodeAt(at))
      )
        at += 1
      if (at === start) at += 1
      add(start, at, 0)
    }
  }
  return rows
}
