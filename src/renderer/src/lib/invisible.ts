/** What does not show in a text that was pasted: where it is, named, and the text without it. */
export interface Invisible {
  /** E.g. `a space at the start, U+200B at the end`. */
  names: string
  without: string
}

const hidden = /[\p{Cc}\p{Cf}\u00a0\u2000-\u200a\u202f\u205f\u3000]/u
const names: Record<string, string> = {
  ' ': 'a space',
  '\t': 'a tab',
  '\n': 'a line break',
  '\r': 'a line break',
}

/** Finds blanks at the ends of a text and characters anywhere in it that do not show; `undefined` where there are none. A
 *  plain space within it may be meant. */
export function invisibleIn(text: string): Invisible | undefined {
  const characters = Array.from(text)
  const isHidden = (character: string): boolean => hidden.test(character) || character.trim() === ''
  const first = characters.findIndex((character) => !isHidden(character))
  const last = characters.findLastIndex((character) => !isHidden(character))
  if (first < 0) return text === '' ? undefined : { names: 'only invisible characters', without: '' }
  const found = new Set<string>()
  const kept = characters.filter((character, at) => {
    const outside = at < first || at > last
    if (!(outside ? isHidden(character) : hidden.test(character))) return true
    found.add(`${nameOf(character)} ${at < first ? 'at the start' : at > last ? 'at the end' : 'within it'}`)
    return false
  })
  return found.size === 0 ? undefined : { names: [...found].join(', '), without: kept.join('') }
}

/** A text without the plain spaces at its ends. */
export function withoutSpacesAround(text: string): string {
  let [from, to] = [0, text.length]
  while (text.charAt(from) === ' ') from += 1
  while (to > from && text.charAt(to - 1) === ' ') to -= 1
  return text.slice(from, to)
}

function nameOf(character: string): string {
  if (Object.hasOwn(names, character)) return names[character] ?? ''
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}
