/** Two lines side by side; one of them is missing where the other text has no such line. */
export interface LinePair {
  left?: string
  right?: string
  same: boolean
}

/** More comparisons than this are not made: the lines between are then shown as all different. */
const comparisons = 4_000_000

/** Two texts line by line, those that both have beside each other. */
export function lineDifference(left: string, right: string): LinePair[] {
  const [a, b] = [left.split('\n'), right.split('\n')]
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1
  let end = 0
  const shorter = Math.min(a.length, b.length) - start
  while (end < shorter && a.at(-1 - end) === b.at(-1 - end)) end += 1
  const same = (lines: string[]): LinePair[] => lines.map((line) => ({ left: line, right: line, same: true }))
  return [
    ...same(a.slice(0, start)),
    ...between(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    ...same(a.slice(a.length - end)),
  ]
}

function between(a: string[], b: string[]): LinePair[] {
  if (a.length * b.length > comparisons) return paired(a, b)
  const width = b.length + 1
  const lengths = new Uint32Array((a.length + 1) * width)
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      lengths[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const pairs: LinePair[] = []
  let [gone, come]: [string[], string[]] = [[], []]
  function flush(): void {
    pairs.push(...paired(gone, come))
    ;[gone, come] = [[], []]
  }
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i], b[j]]
    if (left !== undefined && left === right) {
      flush()
      pairs.push({ left, right: left, same: true })
      i += 1
      j += 1
    } else if (right === undefined || (left !== undefined && at(i + 1, j) >= at(i, j + 1))) {
      gone.push(left ?? '')
      i += 1
    } else {
      come.push(right)
      j += 1
    }
  }
  flush()
  return pairs
}

function paired(left: string[], right: string[]): LinePair[] {
  return Array.from({ length: Math.max(left.length, right.length) }, (_, index) => {
    const [a, b] = [left[index], right[index]]
    return { ...(a !== undefined && { left: a }), ...(b !== undefined && { right: b }), same: false }
  })
}
