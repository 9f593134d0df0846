/** A compact JWS or JWE: three or five parts between dots. */
const compact = /^\s*[\w-]+(?:\.[\w-]*){2}(?:(?:\.[\w-]*){2})?\s*$/
/** Longer texts are not coloured while they are edited, in characters. */
const most = 65_536

/** The parts of a token, dots apart; undefined for a text that is no compact token. */
export function segmentsOf(text: string): string[] | undefined {
  return text.length <= most && compact.test(text) ? text.split('.') : undefined
}
