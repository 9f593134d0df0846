import { defined } from '@contract/defined'
/** What a desktop entry says of the program that it starts (Desktop Entry Specification). */
export interface DesktopEntry {
  name?: string
  /** The Exec line, unquoted, without field codes. */
  command: string[]
}

const maxLength = 65_536

/** Takes the quotes and escapes of an Exec line off ("The Exec key"). */
export function readExec(line: string): string[] {
  const words: string[] = []
  let word: string | undefined
  let quoted = false
  for (let at = 0; at < line.length; at += 1) {
    const character = line.charAt(at)
    if (quoted && character === '\\') {
      at += 1
      word = (word ?? '') + line.charAt(at)
    } else if (character === '"') {
      quoted = !quoted
      word ??= ''
    } else if (!quoted && (character === ' ' || character === '\t')) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else word = (word ?? '') + character
  }
  if (word !== undefined) words.push(word)
  return words.filter((each) => !/^%[a-zA-Z]$/.test(each)).map((each) => each.replace(/%%/g, '%'))
}

/** Reads the entry's own group, nothing of its further actions. */
export function readDesktopEntry(text: string): DesktopEntry {
  const values = new Map<string, string>()
  let inEntry = false
  for (const line of text.slice(0, maxLength).split(/\r?\n/)) {
    if (line.startsWith('[')) inEntry = line.trim() === '[Desktop Entry]'
    const [name = '', ...rest] = line.split('=')
    const key = name.trimEnd()
    if (inEntry && rest.length > 0 && /^[A-Za-z0-9-]+$/.test(key) && !values.has(key))
      values.set(key, rest.join('=').trim())
  }
  const exec = values.get('Exec')
  const name = values.get('Name')
  return {
    ...defined({ name: name ? name.slice(0, 100) : undefined }),
    command: exec === undefined ? [] : readExec(exec),
  }
}
