/** A cookie is known by its own name: a response may set several. */
export function coveredLabel(name: string, shown: string): string {
  const cookie = cookieName(name, shown)
  return cookie === undefined ? name : `${name} ${cookie}`
}

/** A name for the variable that the value may be kept under: `X-Subject-Token` becomes `subject_token`. */
export function proposedName(name: string, shown: string): string {
  const from = cookieName(name, shown) ?? name.toLowerCase().replace(/^x-/, '')
  const word = from.replaceAll(/[^A-Za-z0-9_]/g, '_').slice(0, 63)
  return /^[A-Za-z_]/.test(word) ? word : `_${word}`
}

function cookieName(name: string, shown: string): string | undefined {
  if (name.toLowerCase() !== 'set-cookie') return undefined
  const equals = shown.indexOf('=')
  return equals > 0 ? shown.slice(0, equals).trim() : undefined
}
