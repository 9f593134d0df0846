import { withoutEnd, withoutStart } from '../../text/trim.ts'
import { salvageBase64url } from './base64url.ts'

/** A text that was inside another encoding, and what was done to have it. */
export interface Unwrapped {
  content: string
  note: string
}

/** Longer texts are not unwrapped, in characters. */
const longest = 262_144
const entities: Readonly<Record<string, string>> = { amp: '&', quot: '"', apos: "'", lt: '<', gt: '>' }

/** Ways to read a text in which no token was found: characters that do not show, escapes of a program, lines with marks
 *  before them, percent-encoding, HTML, base64 (a Kubernetes secret, Basic credentials), hexadecimal, bytes as numbers.
 *  Linear in the text. */
export function unwrapped(text: string): Unwrapped[] {
  if (text.length > longest) return []
  const ways = [
    fromInvisible,
    fromTypography,
    fromEscapes,
    fromPercent,
    fromLines,
    fromHtml,
    fromBase64,
    fromHex,
    fromBytes,
  ]
  return ways.map((way) => way(text)).filter((each) => each !== undefined)
}

/** Soft hyphens, zero-width spaces, the zeros of UTF-16, and the colours of a terminal. */
function fromInvisible(text: string): Unwrapped | undefined {
  const content = text.replace(/\p{Cc}\[[\d;]{0,20}m/gu, '').replace(/(?![\t\n\r])[\p{Cc}\p{Cf}]/gu, '')
  return content === text ? undefined : { content, note: 'Invisible characters were removed.' }
}

/** Dots and hyphens that a word processor, or an Asian keyboard, put in the place of plain ones. */
function fromTypography(text: string): Unwrapped | undefined {
  const content = text.replace(/[\uff0e\u2024]/g, '.').replace(/[\u2010-\u2015\u2212\uff0d]/g, '-')
  return content === text ? undefined : { content, note: 'Typographic dots and hyphens were replaced.' }
}

/** `\u002e` and `\x2e`, as programs and JSON write any character. */
function fromEscapes(text: string): Unwrapped | undefined {
  const content = text.replace(/\\(?:u00|x)([2-7][0-9a-f])/gi, (_all, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
  return content === text ? undefined : { content, note: 'Its escape sequences were decoded.' }
}

/** Lines of a token with marks of a mail, a difference or a program around them, one after the other. */
function fromLines(text: string): Unwrapped | undefined {
  let run = ''
  for (const line of text.split('\n')) {
    const bare = bareLine(line)
    if (/^[\w.-]+$/.test(bare) && (run !== '' || /^e[wy]/.test(bare))) run += bare
    else if (/\..*\./.test(run)) break
    else run = ''
  }
  return /\..*\./.test(run) && run !== text
    ? { content: run, note: 'Its lines were joined, without the marks around them.' }
    : undefined
}

function bareLine(line: string): string {
  const numbered = /^\s{0,20}\d{1,6}\s{0,10}[:|]/.exec(line.slice(0, 40))?.[0] ?? ''
  const text = withoutStart(line.slice(numbered.length), ' \t\r>|+("\'`')
  const closed = withoutEnd(text, ' \t\r\\.+&_,;)')
  return /["'`]$/.test(closed) ? closed.slice(0, -1) : withoutEnd(text, ' \t\r\\')
}

function fromPercent(text: string): Unwrapped | undefined {
  if (!/%[0-9a-f]{2}/i.test(text)) return undefined
  // Only what is ASCII: a token is, and a lone byte cannot break what is around it.
  const content = text.replace(/%([2-7][0-9a-f])/gi, (_all, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
  return content === text ? undefined : { content, note: 'Its percent-encoding was decoded.' }
}

function fromHtml(text: string): Unwrapped | undefined {
  const content = text
    .replace(/<[^<>]{0,200}>/g, '')
    .replace(/&(amp|quot|apos|lt|gt);/g, (_all, name: string) => entities[name] ?? '')
    .replace(/&#(?:x([0-9a-f]{1,6})|(\d{1,7}));/gi, (all, hex?: string, decimal?: string) => {
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
      return code < 128 ? String.fromCharCode(code) : all
    })
  return content === text ? undefined : { content, note: 'HTML around it or inside it was removed.' }
}

/** The first run of base64 that holds readable text with a token in it. */
function fromBase64(text: string): Unwrapped | undefined {
  const joined = /[^\w+/=\r\n-]/.test(text) ? text : text.replace(/\s/g, '')
  for (const [run] of firstOf(joined.matchAll(/[\w+/-]{40,}/g), 5)) {
    const content = new TextDecoder().decode(salvageBase64url(run))
    if (!/[^\t\n\r -~]/.test(content) && /e[wy][\w-]{6,}\./.test(content))
      return { content, note: 'It was encoded in base64 as a whole.' }
  }
  return undefined
}

function firstOf<T>(items: Iterable<T>, most: number): T[] {
  const kept: T[] = []
  for (const item of items) {
    if (kept.length === most) break
    kept.push(item)
  }
  return kept
}

function fromHex(text: string): Unwrapped | undefined {
  const bare = text.replace(/[\s:]/g, '').replace(/^0x/i, '')
  if (!/^65(?:79|77)(?:[0-9a-f]{2})+$/i.test(bare)) return undefined
  const bytes = Uint8Array.from(bare.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
  return { content: new TextDecoder().decode(bytes), note: 'It was written in hexadecimal digits.' }
}

/** `101, 121, 74` as programs print bytes. */
function fromBytes(text: string): Unwrapped | undefined {
  const inHex = /\b0x65[\s,]{1,3}0x7[79][\s,]/i.exec(text)?.index
  if (inHex !== undefined) {
    const [digits = ''] = /^(?:0x[0-9a-f]{1,2}[\s,]{0,3})+/i.exec(text.slice(inHex)) ?? []
    const bytes = Uint8Array.from(digits.match(/0x[0-9a-f]{1,2}/gi) ?? [], Number)
    return { content: new TextDecoder().decode(bytes), note: 'It was written as bytes, number by number.' }
  }
  const start = /\b101[\s,]{1,3}(?:119|121)[\s,]/.exec(text)?.index
  if (start === undefined) return undefined
  const [numbers = ''] = /^[\d\s,]+/.exec(text.slice(start)) ?? []
  const bytes = Uint8Array.from(numbers.match(/\d+/g) ?? [], Number)
  return { content: new TextDecoder().decode(bytes), note: 'It was written as bytes, number by number.' }
}
