/** What the text of a check's value stands for, as Bruno reads it: `200` is a number, `"200"` a text, `true`, `false`,
 *  `null` and `undefined` are what they are called, anything else is text. */
export function wantedValue(text: string): unknown {
  const source = text.trim()
  if (Object.hasOwn(words, source)) return words[source]
  const quote = source.charAt(0)
  if (source.length >= 2 && ['"', "'", '`'].includes(quote) && source.endsWith(quote))
    return source.slice(1, -1)
  if (source.length > 0 && source.length <= 400 && isNumber.test(source)) {
    const number = Number(source)
    // A number that would lose digits is compared as text, and so equals none.
    return Number.isInteger(number) && !Number.isSafeInteger(number) ? source : number
  }
  return text
}

const words: Readonly<Record<string, unknown>> = { true: true, false: false, null: null, undefined }
const isNumber = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?$/

/** The values between commas, brackets around them or not. */
export function wantedList(text: string): unknown[] {
  const source = text.trim()
  const inner = source.startsWith('[') && source.endsWith(']') ? source.slice(1, -1) : source
  return inner.split(',', 1_000).map((each) => wantedValue(each.trim()))
}

/** A regular expression, between slashes with flags or as it is; nothing where it is none. */
export function wantedPattern(text: string): RegExp | undefined {
  const source = text.trim()
  const end = source.lastIndexOf('/')
  const flags = source.slice(end + 1)
  const isBetween = source.startsWith('/') && end > 0 && /^[imsuv]{0,5}$/.test(flags)
  try {
    return isBetween ? new RegExp(source.slice(1, end), flags) : new RegExp(source)
  } catch {
    return undefined
  }
}
