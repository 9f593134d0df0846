import type { RequestAuth } from '@contract/requests'
import { authKindTable, type AuthField } from '@contract/tables/auth-kinds'

/** An auth with each text that is entered changed; what is picked stays. */
export function authTexts<Auth extends RequestAuth>(
  auth: Auth,
  change: (field: string, text: string, secret: boolean) => string,
): Auth {
  const fields: Readonly<Record<string, AuthField>> = authKindTable[auth.kind].fields
  return Object.fromEntries(
    Object.entries(auth).map(([name, value]) => {
      const field = fields[name]
      const isText = field !== undefined && field.options === undefined
      return [name, isText ? change(name, value, field.secret === true) : value]
    }),
  ) as Auth
}

/** The secret texts of an auth. */
export function authSecrets(auth: RequestAuth | undefined): string[] {
  const found: string[] = []
  if (auth !== undefined)
    authTexts(auth, (_field, text, secret) => {
      if (secret && text !== '') found.push(text)
      return text
    })
  return found
}
