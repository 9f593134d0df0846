/** Seconds of each unit. */
const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 }

/** Claims that hold a NumericDate (RFC 7519 section 4.1, OpenID Connect Core section 2). */
const timeClaims = ['exp', 'nbf', 'iat', 'auth_time', 'updated_at', 'toe']

/** Reads `now`, `now + 1h`, `now - 5 m 30s` as seconds since 1970; undefined for any other text. `now` in
 *  milliseconds. */
export function readTimeWords(text: string, now: number): number | undefined {
  const match = /^now(?: ?([+-]) ?(.+))?$/i.exec(text.trim().slice(0, 60))
  if (!match) return undefined
  const seconds = Math.floor(now / 1000)
  const [, sign, rest] = match
  if (rest === undefined) return seconds
  let total = 0
  for (const part of rest.split(/(?<=[smhdw]) ?/i)) {
    const [, count, unit] = /^(\d{1,9}) ?([smhdw])$/i.exec(part) ?? []
    const size = units[unit?.toLowerCase() ?? '']
    if (count === undefined || size === undefined) return undefined
    total += Number(count) * size
  }
  return sign === '-' ? seconds - total : seconds + total
}

/** The same claims with times in words as numbers. What is no time in words stays as it is. `now` in milliseconds. */
export function withTimes(claims: Record<string, unknown>, now: number): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [
      name,
      timeClaims.includes(name) && typeof value === 'string' ? (readTimeWords(value, now) ?? value) : value,
    ]),
  )
}
