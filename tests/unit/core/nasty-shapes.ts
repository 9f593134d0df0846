const length = 1_000_000

/** One megabyte of what someone may send who wants the program to stop. */
export const shapes: Record<string, string> = Object.fromEntries(
  Object.entries({
    'hexadecimal digits': '0123456789abcdef',
    'token repeated': 'token',
    'password, spaced': 'password : ',
    'pairs without end': 'a=',
    'a form': 'code=x&',
    'percent escapes': '%41',
    'percent escapes of percent': '%25',
    'quotation marks': '"',
    apostrophes: "'",
    backslashes: '\\',
    brackets: '[',
    'braces closed': '{}',
    spaces: ' ',
    'spaces and words': 'a ',
    'line ends': '\r\n',
    'nested objects': '{"a":',
    base64: 'VGhlIHF1aWNrIGJyb3duIGZveA==',
    dots: '.',
    'beginnings of JWTs': 'eyJ',
    JWTs: 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJtYXJrZWQifQ.',
    schemes: 'Bearer ',
    commas: ',',
    tags: '<a ',
    'tags closed': '<a>',
    entities: '&amp;',
    slashes: '/',
    questions: '?',
    hashes: '#',
    colons: ':',
    'equals signs': '=',
    'private keys': '-----BEGIN PRIVATE KEY-----',
    'lone surrogates': '\ud83d',
    'direction marks': '\u202e',
    digits: '1',
    'escapes of surrogates': '\\ud83d',
  }).map(([name, part]) => [name, part.repeat(Math.ceil(length / part.length)).slice(0, length)]),
)
const many = (part: (index: number) => string): string =>
  Array.from({ length: 90_000 }, (_, index) => part(index))
    .join('')
    .slice(0, length)
Object.assign(shapes, {
  'distinct words': many((index) => `s${index.toString(36)} `),
  'distinct pairs': many((index) => `k${index.toString(36)}=1&`),
  'distinct lines': many((index) => `Header-${index}: a\n`),
  'an object of many members': `{${Array.from({ length: 30_000 }, (_, index) => `"k${index}":"${'v'.repeat(20)}"`).join(',')}}`,
})
