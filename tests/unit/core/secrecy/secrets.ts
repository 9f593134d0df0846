/** Secrets of all kinds, each twelve characters and more. */
export const secrets: Record<string, string> = {
  'a variable with marks': 'o dd&secret/+=?',
  'a JWT': 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJtYXJrZWQifQ.c2lnbmF0dXJl',
  'an opaque token': 'Zm9vYmFy-marked_93847561~x',
  'hexadecimal digits': '9f86d081884c7d659a2feaa0c55ad015',
  'a password with quotes': `pa"ss'wo\\rd<&>`,
  'percent signs': 'p%41ss%2Bword%',
  'six characters': 's3cr3t',
  'letters with marks': 'gehëim-wörtchen',
  'other scripts': 'пароль-秘密-🔑🔑',
  'a sentence': 'correct horse battery staple',
  'a key of base64': 'c2VjcmV0LWtleS1tYXJrZWQ=',
}

/** What of a spelling says something: base64 beside others shares its first and last characters with them. */
export function core(spelling: string, text: string): string {
  if (!spelling.startsWith('base64')) return text
  return text.length > 12 ? text.slice(4, -5) : text.slice(2, -2)
}

/** Every text within plain data, names of members included. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]) => [name, ...textsIn(member)])
}
