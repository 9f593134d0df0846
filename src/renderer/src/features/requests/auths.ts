import type { RequestAuth, RequestDraft } from '@contract/requests.ts'
import type { AuthKind } from '@contract/sending/auth.ts'

/** What of a draft says who calls. */
export type AuthPart = Partial<Pick<RequestDraft, 'accountId' | 'auth'>>

/** The auth of a kind: that of before where it is of it, else with nothing entered but a name and a password that both
 *  have. */
export function authOfKind(kind: AuthKind, before: RequestAuth | undefined): RequestAuth {
  if (before?.kind === kind) return before
  const known =
    before?.kind === 'basic' || before?.kind === 'digest' ? before : { username: '', password: '' }
  switch (kind) {
    case 'inherit':
      return { kind }
    case 'bearer':
      return { kind, token: '' }
    case 'basic':
    case 'digest':
      return { kind, username: known.username, password: known.password }
    case 'apikey':
      return { kind, key: '', value: '', placement: 'header' }
    case 'awsv4':
      return { kind, accessKeyId: '', secretAccessKey: '', sessionToken: '', service: '', region: '' }
    case 'client-credentials':
      return { kind, tokenUrl: '', clientId: '', clientSecret: '', scope: '', placement: 'header' }
  }
}

/** A field's text. */
export function authText(auth: RequestAuth, field: string): string {
  return new Map(Object.entries<string>(auth)).get(field) ?? ''
}

/** An auth with another text in a field that it has. */
export function withAuthText(auth: RequestAuth, field: string, text: string): RequestAuth {
  return Object.hasOwn(auth, field) ? { ...auth, [field]: text } : auth
}
