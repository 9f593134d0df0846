import type { Check } from '@contract/tokens/tokens'
import { isPersonalText, isSecretText } from '../../secrecy/claim-values.ts'
import { isSecretClaim } from '../../secrecy/names.ts'
import { hasPrivateMembers } from '../keys/jwk.ts'
import { isObject, textMember } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'
import { check } from './check.ts'

/** Names of claims about a person, without `_`, `-` and capitals; what only names an account is none. */
const personal = new Set(
  [
    'email phone phonenumber mobile mobilephone birthdate birthday dateofbirth dob address streetaddress homeaddress',
    'postaladdress givenname familyname middlename gender ssn socialsecurity socialsecuritynumber nationalid taxid',
    'passport passportnumber driverlicense driverslicense nino personalnumber upn ipaddr ipaddress',
    'iban bankaccount creditcard creditcardnumber cardnumber pan salary religion ethnicity diagnosis bloodtype',
  ].flatMap((line) => line.split(' ')),
)

/** Deeper is not looked at, nor are more members than these. */
const deepest = 8
const most = 2_000

/** Claims that everyone who gets the token reads and should not: ids `personal-data`, `secret`. */
export function lintContents(claims: JsonObject, isForApi: boolean): Check[] {
  const found = { personal: [] as string[], secret: [] as string[], left: most }
  walk(claims, '', 0, found)
  const checks: Check[] = []
  if (isForApi && found.personal.length > 0)
    checks.push(
      check('personal-data', 'Personal data', 'RFC 9068 section 6').notice(
        `Every API that gets this token reads ${found.personal.slice(0, 10).join(', ')}.`,
        'personal_data',
      ),
    )
  if (found.secret.length > 0)
    checks.push(
      check('secret', 'Secret inside', 'RFC 7519 section 12').notice(
        `A signed token is readable by anyone, and ${found.secret.slice(0, 5).join(', ')} looks like a secret.`,
        'secret_in_claims',
      ),
    )
  return checks
}

interface Found {
  personal: string[]
  secret: string[]
  left: number
}

/** Paths of what is personal or secret, by its name or its look. */
function walk(value: unknown, path: string, depth: number, found: Found): void {
  if (--found.left < 0) return
  if (typeof value === 'string') {
    if (isSecretText(value)) found.secret.push(path)
    else if (isPersonalText(value)) found.personal.push(path)
    return
  }
  if (typeof value !== 'object' || value === null || depth > deepest) return
  if (isObject(value) && textMember(value, 'kty') !== undefined && hasPrivateMembers(value)) {
    found.secret.push(path)
    return
  }
  const looked = Array.isArray(value) ? value.slice(0, Math.max(0, found.left)) : value
  for (const [name, inner] of Object.entries(looked)) {
    const here = path === '' ? name : `${path}.${name}`
    if (isSecretClaim(name) && typeof inner === 'string' && inner !== '') found.secret.push(here)
    else if (personal.has(name.toLowerCase().replaceAll(/[-_]/g, ''))) found.personal.push(here)
    else walk(inner, here, depth + 1, found)
  }
}
