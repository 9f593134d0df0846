/** Names that Windows keeps for devices, whatever follows the first dot or blanks before it. */
const devices = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[\d¹²³]) *(?:\.|$)/i
// oxlint-disable-next-line no-control-regex -- control characters are named by their codes
const refused = /[<>:"/\\|?*\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\u202a-\u202e\u2066-\u2069]/g

const loneHalf = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** A name for a file or folder that Linux, macOS and Windows all take, in at most 240 bytes; `taken` are those
 *  that are there already, which may differ in case alone on some systems. */
export function fileNameFor(name: string, ending: string, taken: readonly string[]): string {
  const lower = new Set(taken.map((each) => each.normalize('NFC').toLowerCase()))
  const base = plainName(name)
  for (let number = 1; ; number += 1) {
    const rest = `${number === 1 ? '' : ` ${number}`}${ending}`
    const candidate = `${withinBytes(base, bytesLimit - utf8.encode(rest).length)}${rest}`
    if (!lower.has(candidate.toLowerCase())) return candidate
  }
}

function plainName(name: string): string {
  const text = name
    .slice(0, 400)
    .normalize('NFC')
    .replace(loneHalf, '-')
    .replace(refused, '-')
    .replace(/\s+/g, ' ')
  // Characters, not halves of them; neither a dot at the start, which hides it, nor one at the end.
  const short = Array.from(text)
    .slice(0, 80)
    .join('')
    .replace(/^[. ]+/, '')
  const whole = short.slice(0, lastSolid(short))
  if (devices.test(whole)) return `_${whole}`
  return whole === '' || reserved.has(whole.toLowerCase()) ? `${whole}_` : whole
}

/** As many whole characters as fit; nothing that no name ends with is left at the end. */
function withinBytes(text: string, limit: number): string {
  let [bytes, end] = [0, 0]
  for (const character of text) {
    bytes += utf8.encode(character).length
    if (bytes > limit) return text.slice(0, lastSolid(text.slice(0, end)))
    end += character.length
  }
  return text
}

/** Of the 255 that file systems take. */
const bytesLimit = 240
const utf8 = new TextEncoder()

/** Names that mean something else in a collection. */
const reserved = new Set(['opencollection', 'folder', 'environments', 'node_modules'])

function lastSolid(text: string): number {
  let end = text.length
  while (end > 0 && '. '.includes(text.charAt(end - 1))) end -= 1
  return end
}
