import { createSeenNames } from './seen-names.ts'

/** What a line of laid-out JSON shows: a scalar or an empty list or object, the head of one, or its end. */
export type LineKind = 'value' | 'open' | 'close'

/** Told what a scan meets. Places are bytes of the body. */
export interface ScanListener {
  /** A line is complete. `key` is where its name begins, with the quote; -1 where it has none. */
  line: (kind: LineKind, key: number, value: number, end: number, depth: number) => void
  /** The last line is followed by a comma. */
  comma?: () => void
  /** The object has the name of the next line already, as it is written. */
  doubled?: () => void
}

/** Where a scan is between two lines: enough to go on from there. */
export interface ScanPlace {
  offset: number
  phase: number
  /** Per level: 1 for a list, 0 for an object; members so far; where the last name began. */
  levels: Float64Array
}

/** A scan of JSON that comes in pieces. Time grows with the bytes alone, memory with neither. */
export interface JsonScan {
  /** Looks at the bytes that begin at `offset`. Stops at the first mistake, and when `enough` is called. */
  push: (bytes: Uint8Array, offset: number) => void
  /** The end of the body: a number has no other end. */
  end: () => void
  /** Leaves the present piece where it is. */
  enough: () => void
  /** Where the first mistake is. */
  fault: () => number | undefined
  depth: () => number
  /** Whether a whole value has come. */
  isWhole: () => boolean
  /** The present place, after `line` was called. */
  place: () => ScanPlace
}

/** Deeper JSON is shown as text. */
const deepestLevel = 512

const anyValue = 0
const firstOfList = 1
const firstOfObject = 2
const anyName = 3
const colonNext = 4
const commaNext = 5
const inText = 6
const inName = 7
const inScalar = 8
const wholeEnd = 9

/** Numbers that a place keeps of each level. */
export const perLevel = 3

/** Makes a scan of a whole body, or of the rest of one from a place on. `many`: values may follow one another (NDJSON). */
export function createJsonScan(listener: ScanListener, from?: ScanPlace, many = false): JsonScan {
  const lists = new Uint8Array(deepestLevel + 1)
  const counts = new Float64Array(deepestLevel + 1)
  const names = new Float64Array(deepestLevel + 1)
  const { doubled } = listener
  const seen = doubled && createSeenNames()
  let depth = 0
  let phase = from?.phase ?? anyValue
  let fault: number | undefined
  let stopped = false
  /** Of the present token, and of the name before it. */
  let start = -1
  let key = -1
  let escaped = false
  /** The next byte to be looked at. */
  let next = from?.offset ?? 0
  if (from !== undefined) {
    depth = from.levels.length / perLevel
    for (let level = 0; level < depth; level += 1) {
      lists[level] = from.levels[level * perLevel] ?? 0
      counts[level] = from.levels[level * perLevel + 1] ?? 0
      names[level] = from.levels[level * perLevel + 2] ?? 0
    }
  }

  function emit(kind: LineKind, value: number, end: number): void {
    const name = key
    key = -1
    listener.line(kind, name, value, end, depth)
  }
  function countMember(): void {
    if (depth > 0) counts[depth - 1] = (counts[depth - 1] ?? 0) + 1
  }
  function afterValue(): void {
    phase = depth > 0 ? commaNext : many ? anyValue : wholeEnd
  }
  /** Its line comes when it is known not to be empty. */
  function open(code: number, at: number): void {
    start = at
    phase = code === 0x5b ? firstOfList : firstOfObject
  }
  function opened(isList: number): boolean {
    if (depth >= deepestLevel) return false
    countMember()
    const value = start
    lists[depth] = isList
    counts[depth] = 0
    names[depth] = -1
    seen?.open(depth)
    phase = isList === 1 ? anyValue : anyName
    emit('open', value, value + 1)
    depth += 1
    return true
  }
  function empty(end: number): void {
    countMember()
    afterValue()
    emit('value', start, end)
  }
  function close(at: number): void {
    depth -= 1
    afterValue()
    emit('close', at, at + 1)
  }
  function scalarEnds(end: number): void {
    countMember()
    afterValue()
    emit('value', start, end)
  }

  function push(bytes: Uint8Array, base: number): void {
    const length = bytes.length
    let at = 0
    stopped = false
    while (at < length && !isOver()) {
      const code = bytes[at] ?? 0
      if (phase === inText || phase === inName) {
        at = insideText(bytes, at, base)
        continue
      }
      if (phase === inScalar) {
        if (isScalar(code)) at += 1
        else {
          next = base + at
          scalarEnds(next)
        }
        continue
      }
      if (isSpace(code)) {
        at += 1
        continue
      }
      next = base + at
      if (phase === firstOfList || phase === firstOfObject) {
        const isList = phase === firstOfList
        if (code === (isList ? 0x5d : 0x7d)) {
          next += 1
          empty(next)
          at += 1
        } else if (!opened(isList ? 1 : 0)) fault = next
        continue
      }
      if (!step(code, base + at)) fault = base + at
      at += 1
    }
    if (!isOver()) next = base + length
  }

  /** Asked again after each call: the compiler takes variables for what they were before. */
  function isOver(): boolean {
    return stopped || fault !== undefined
  }

  function insideText(bytes: Uint8Array, from: number, base: number): number {
    let at = from
    const length = bytes.length
    const begun = from
    if (escaped) {
      escaped = false
      at += 1
    }
    for (; at < length; at += 1) {
      const code = bytes[at]
      if (code === 0x5c) {
        at += 1
        escaped = at >= length
      } else if (code === 0x22) {
        at += 1
        next = base + at
        if (phase === inName) {
          if (seen?.isTwice(depth - 1, bytes, begun, at) === true) doubled?.()
          names[depth - 1] = start
          key = start
          phase = colonNext
        } else scalarEnds(next)
        return at
      } else if (code !== undefined && code < 0x20) {
        fault = base + at
        return at
      }
    }
    if (phase === inName) seen?.more(bytes, begun)
    return length
  }

  /** One mark outside of texts. False where it can't be there. */
  function step(code: number, at: number): boolean {
    switch (phase) {
      case anyValue:
        if (code === 0x22) {
          start = at
          phase = inText
        } else if (code === 0x7b || code === 0x5b) open(code, at)
        else if (beginsScalar(code)) {
          start = at
          phase = inScalar
        } else return false
        return true
      case anyName:
        start = at
        phase = inName
        return code === 0x22
      case colonNext:
        phase = anyValue
        return code === 0x3a
      case commaNext: {
        const isList = lists[depth - 1] === 1
        next = at + 1
        if (code === 0x2c) {
          phase = isList ? anyValue : anyName
          listener.comma?.()
          return true
        }
        if (code !== (isList ? 0x5d : 0x7d)) return false
        close(at)
        return true
      }
      default:
        return false
    }
  }

  return {
    push,
    end: () => {
      if (phase === inScalar && fault === undefined) scalarEnds(next)
    },
    enough: () => void (stopped = true),
    fault: () => fault,
    depth: () => depth,
    isWhole: () => phase === wholeEnd || (many && depth === 0 && phase === anyValue),
    place: () => {
      const levels = new Float64Array(depth * perLevel)
      for (let level = 0; level < depth; level += 1) {
        levels[level * perLevel] = lists[level] ?? 0
        levels[level * perLevel + 1] = counts[level] ?? 0
        levels[level * perLevel + 2] = names[level] ?? 0
      }
      return { offset: next, phase, levels }
    },
  }
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09
}

/** A minus, a digit, or the first letter of true, false and null. */
function beginsScalar(code: number): boolean {
  return code === 0x2d || (code >= 0x30 && code <= 0x39) || code === 0x74 || code === 0x66 || code === 0x6e
}

function isScalar(code: number): boolean {
  return (
    (code >= 0x30 && code <= 0x39) ||
    (code >= 0x61 && code <= 0x7a) ||
    code === 0x2e ||
    code === 0x2d ||
    code === 0x2b ||
    code === 0x45
  )
}
