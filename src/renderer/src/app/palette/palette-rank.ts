/** How well an item fits what is typed; 0: not at all. Every word is in the name or the detail: the beginning of the
 *  name, then of any word, comes first. Where nothing fits so, a typing mistake in the name is forgiven; identifiers
 *  in details and paths are not guessed at, or almost everything would be found. */
export function rank(search: string, name: string, detail = ''): number {
  const text = `${name} ${detail}`.toLowerCase()
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.every((word) => text.includes(word))) {
    const first = words[0] ?? ''
    if (text.startsWith(first)) return 1
    return partsOf(text).some((part) => part.startsWith(first)) ? 0.8 : 0.5
  }
  if (name.startsWith('/')) return 0
  const parts = partsOf(name.toLowerCase())
  const forgiven = words.every((word) => parts.some((part) => part.includes(word) || isNear(word, part)))
  if (forgiven) return 0.3
  return isInitials(words.join(''), parts) ? 0.2 : 0
}

function partsOf(text: string): string[] {
  return text.split(/[\s/]+/)
}

/** Whether the letters are beginnings of the words, in their order: `rct` for `Reopen closed tab`. */
function isInitials(letters: string, parts: readonly string[]): boolean {
  if (letters.length < 2) return false
  let at = 0
  for (const part of parts) if (part.startsWith(letters[at] ?? ' ')) at += 1
  return at === letters.length
}

/** Whether one letter too many, too few, another one or two that changed places make a word of four or more into the
 *  beginning of the other. */
function isNear(word: string, part: string): boolean {
  if (word.length < 4) return false
  return [part.slice(0, word.length - 1), part.slice(0, word.length), part.slice(0, word.length + 1)].some(
    (beginning) => isOneOff(word, beginning),
  )
}

function isOneOff(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 1) return false
  let at = 0
  while (at < one.length && one[at] === other[at]) at += 1
  const same = (a: number, b: number): boolean => one.slice(at + a) === other.slice(at + b)
  const swapped = one[at] === other[at + 1] && one[at + 1] === other[at]
  return same(1, 1) || same(1, 0) || same(0, 1) || (swapped && same(2, 2))
}
