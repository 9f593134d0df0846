/** Names that an object may have until they are looked up in another way, and until no more are remembered. */
const few = 16
const most = 100_000

/** Which names the objects have that are open now, told by their bytes. A name is known by 53 bits that are made of it. */
export interface SeenNames {
  /** An object begins at this level. */
  open: (level: number) => void
  /** A part of a name, whose rest comes with the next bytes. */
  more: (bytes: Uint8Array, from: number) => void
  /** The end of a name: whether the object has it already. It is remembered. */
  isTwice: (level: number, bytes: Uint8Array, from: number, to: number) => boolean
}

export function createSeenNames(): SeenNames {
  const counts: number[] = []
  const first: Float64Array[] = []
  const further: (Set<number> | undefined)[] = []
  let [one, two] = [seedOne, seedTwo]

  function add(bytes: Uint8Array, from: number, to: number): void {
    for (let at = from; at < to; at += 1) {
      const code = bytes[at] ?? 0
      one = Math.imul(one ^ code, 16_777_619)
      two = Math.imul(two ^ code, 0x5bd1_e995) ^ (two >>> 15)
    }
  }

  return {
    open: (level) => {
      counts[level] = 0
      further[level] = undefined
    },
    more: (bytes, from) => add(bytes, from, bytes.length),
    isTwice: (level, bytes, from, to) => {
      add(bytes, from, to)
      const name = (one >>> 0) * 2_097_152 + (two >>> 11)
      ;[one, two] = [seedOne, seedTwo]
      const count = counts[level] ?? 0
      const list = (first[level] ??= new Float64Array(few))
      const set = further[level]
      if (set?.has(name)) return true
      for (let at = 0; at < count && at < few; at += 1) if (list[at] === name) return true
      if (count < few) list[count] = name
      else if (count < most) (further[level] ??= new Set()).add(name)
      counts[level] = count + 1
      return false
    },
  }
}

const seedOne = 0x811c_9dc5 | 0
const seedTwo = 0x9747_b28c | 0
