/** A text in all the spellings in which it may come back; base64 is in a longer text, at each of three places. */
export function spelled(text: string): [name: string, spelled: string][] {
  const bytes = Buffer.from(text, 'utf8')
  const form = new URLSearchParams([['', text]]).toString().slice(1)
  const hex = bytes.toString('hex')
  const units = text.split('')
  const all: [string, string][] = [
    ['plain', text],
    ['percent', encodeURIComponent(text)],
    ['percent, every byte', hex.replace(/../g, '%$&')],
    ['percent, every byte, upper case', hex.toUpperCase().replace(/../g, '%$&')],
    ['percent twice', encodeURIComponent(encodeURIComponent(text))],
    ['form', form],
    ['form with %20', form.replaceAll('+', '%20')],
    ['JSON', JSON.stringify(text).slice(1, -1)],
    ['JSON in JSON', JSON.stringify(JSON.stringify(text)).slice(3, -3)],
    ['JSON with \\u', units.map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')],
    [
      'JSON with \\U',
      units.map((unit) => `\\u${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`).join(''),
    ],
    ['JSON with \\/', JSON.stringify(text).slice(1, -1).replaceAll('/', '\\/')],
    ['HTML names', html(text, { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos', '/': 'sol' })],
    ['HTML numbers', [...text].map((each) => `&#${each.codePointAt(0)};`).join('')],
    ['HTML hex', [...text].map((each) => `&#x${each.codePointAt(0)?.toString(16)};`).join('')],
    ['hex', hex],
    ['HEX', hex.toUpperCase()],
    ['UTF-16LE', Buffer.from(text, 'utf16le').toString('latin1')],
    ['UTF-16BE', Buffer.from(text, 'utf16le').swap16().toString('latin1')],
    ['base64 alone', bytes.toString('base64')],
    ['base64url alone', bytes.toString('base64url')],
  ]
  for (const shift of [0, 1, 2])
    for (const kind of ['base64', 'base64url'] as const) {
      const longer = Buffer.concat([Buffer.alloc(shift, 'x'), bytes, Buffer.from('yy')])
      all.push([`${kind} at ${shift}`, longer.toString(kind)])
    }
  // UTF-16 read byte by byte is text only where its bytes are ASCII.
  return all.filter(([name]) => !name.startsWith('UTF-16') || /^[\0-\x7f]*$/.test(text))
}

function html(text: string, names: Record<string, string>): string {
  return [...text].map((each) => (each in names ? `&${names[each]};` : each)).join('')
}
