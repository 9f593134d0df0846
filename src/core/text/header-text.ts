/** What a header says, for reading: runs of bytes that are UTF-8 as their characters, every other byte beyond ASCII as
 *  Latin-1. RFC 9110 section 5.5 leaves such bytes open; a value that a server cut within a character still reads.
 *  `value`: a character for each byte, as it came; text with anything beyond is left alone. */
export function headerText(value: string): string {
  if (!/[\xc2-\xf4]/.test(value) || /[^\0-\xff]/.test(value)) return value
  return value.replace(characters, (bytes) =>
    decoder.decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0))),
  )
}

/** The headers of a message, for reading. */
export function headerTexts(headers: readonly [string, string][]): [string, string][] {
  return headers.map(([name, value]) => [name, headerText(value)])
}

/** RFC 3629 section 4: neither longer than need be, nor half a surrogate pair, nor beyond U+10FFFF. */
const characters =
  /[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}/g
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
