/** Bytes of a value, at most: a longer one is passed over. */
const longestValue = 65_536
const longestName = 256

/** Finds members of the object that a JSON body is, in pieces and without holding it: nothing deeper is looked into.
 *  What is damaged ends the search. */
export interface TopMembers {
  push: (piece: Uint8Array) => void
  /** What was found, each value as it parses; of a doubled name the last one counts. */
  found: () => Record<string, unknown>
  /** No further piece can change what was found. */
  isOver: () => boolean
}

const [quote, backslash, comma, colon] = [0x22, 0x5c, 0x2c, 0x3a]
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d]

/** `isWanted`: whether a member of that name is. */
export function createTopMembers(isWanted: (name: string) => boolean): TopMembers {
  const found = new Map<string, unknown>()
  const decoder = new TextDecoder()
  /** Of the name or the value that is being read; nothing where it is passed over. */
  let kept: number[] | undefined = []
  let name: string | undefined
  let depth = 0
  let inText = false
  let escaped = false
  let over = false

  function read(): unknown {
    if (kept === undefined) return undefined
    try {
      return JSON.parse(decoder.decode(Uint8Array.from(kept)))
    } catch {
      return undefined
    }
  }
  function begin(keeps: boolean): void {
    kept = keeps ? [] : undefined
  }
  function endValue(): void {
    const value = name === undefined ? undefined : read()
    if (name !== undefined && value !== undefined) found.set(name, value)
    name = undefined
    begin(true)
  }
  function structure(byte: number): void {
    if (byte === openBrace || byte === openBracket) {
      depth += 1
      // A list at the top has no members.
      if (depth === 1) over = byte === openBracket
      if (depth === 1) return
    } else if (byte === closeBrace || byte === closeBracket) {
      depth -= 1
      if (depth === 0) {
        endValue()
        over = true
        return
      }
    } else if (depth === 1 && byte === comma) return endValue()
    else if (depth === 1 && byte === colon && name === undefined) {
      const said = read()
      if (typeof said !== 'string') over = true
      else {
        name = said
        begin(isWanted(said))
      }
      return
    } else if (depth === 0) {
      // Spaces and a byte order mark may be before the object; anything else is none.
      over = !(byte <= 0x20 || byte === 0xef || byte === 0xbb || byte === 0xbf)
      return
    }
    keep(byte)
  }
  function keep(byte: number): void {
    if (kept === undefined) return
    if (kept.length >= (name === undefined ? longestName : longestValue)) kept = undefined
    else kept.push(byte)
  }

  return {
    push(piece) {
      for (let at = 0; at < piece.length && !over; at += 1) {
        const byte = piece[at] ?? 0
        if (!inText) {
          if (byte === quote) inText = true
          if (byte === quote) keep(byte)
          else structure(byte)
          if (byte === quote && depth === 0) over = true
          continue
        }
        keep(byte)
        if (escaped) escaped = false
        else if (byte === backslash) escaped = true
        else if (byte === quote) inText = false
      }
    },
    found: () => Object.fromEntries(found),
    isOver: () => over,
  }
}
