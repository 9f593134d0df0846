/** A date of HTTP (RFC 9110 section 5.6.7) in milliseconds, in each of its three forms; nothing where it is none. What is
 *  said without a zone is UTC, as that of C's asctime. */
export function httpDate(text: string): number | undefined {
  const date = text.trim().slice(0, 60)
  // Numbers and much else are dates to JavaScript.
  if (!/^[A-Z][a-z]{2,8},? /.test(date)) return undefined
  const at = Date.parse(/ (?:GMT|UTC|[+-]\d{4})$/.test(date) ? date : `${date} GMT`)
  return Number.isNaN(at) ? undefined : at
}
