import { hasToken } from './looks.ts'

/** A token, a private key, a password in an address (RFC 3986 section 3.2.1), or the hash of a password. */
export function isSecretText(text: string): boolean {
  return (
    hasToken(text) ||
    /^[a-z][a-z0-9+.-]{1,30}:\/\/[^/?#\s:@]{0,200}:[^/?#\s@]{1,200}@/i.test(text) ||
    /^\$(?:2[abxy]|argon2(?:id?|d)|[156]|scrypt|pbkdf2[\w-]{0,20})\$[^\s]{16}/.test(text)
  )
}

/** Numbers that are known by their form: of a payment card, of a bank account, of US social security. */
export function isPersonalText(text: string): boolean {
  if (text.length < 9 || text.length > 42) return false
  if (/^\d{3}-\d{2}-\d{4}$/.test(text)) return true
  const bare = text.replaceAll(/[ -]/g, '')
  return isCard(bare) || isAccount(bare)
}

/** By its issuer's first digits and its check digit (ISO/IEC 7812). */
function isCard(digits: string): boolean {
  if (!/^(?:4\d{12}(?:\d{3})?|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|6(?:011|5\d{2})\d{12})$/.test(digits))
    return false
  const sum = Array.from(digits)
    .reverse()
    .reduce((total, digit, index) => {
      const twice = Number(digit) * (index % 2 === 0 ? 1 : 2)
      return total + (twice > 9 ? twice - 9 : twice)
    }, 0)
  return sum % 10 === 0
}

/** By its check digits (ISO 13616). */
function isAccount(text: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(text)) return false
  const moved = text.slice(4) + text.slice(0, 4)
  const digits = moved.replaceAll(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55))
  return Array.from(digits).reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0) === 1
}
