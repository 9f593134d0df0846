/** Two texts, cut where they part and where they meet again. */
export interface Difference {
  before: string
  came: string
  expected: string
  after: string
}

/** Where two texts differ: one stretch between what they have in common at both ends. */
export function differenceOf(came: string, expected: string): Difference {
  const [left, right] = [Array.from(came), Array.from(expected)]
  const shorter = Math.min(left.length, right.length)
  let start = 0
  while (start < shorter && left[start] === right[start]) start += 1
  let end = 0
  while (end < shorter - start && left.at(-1 - end) === right.at(-1 - end)) end += 1
  const middle = (text: string[]): string => text.slice(start, text.length - end).join('')
  return {
    before: left.slice(0, start).join(''),
    came: middle(left),
    expected: middle(right),
    after: left.slice(left.length - end).join(''),
  }
}
