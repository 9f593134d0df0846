import type { RequestAuth, RequestDraft } from '@contract/requests.ts'
import type { AuthKind } from '@contract/sending/auth.ts'
import { authKindTable } from '@contract/tables/auth-kinds.ts'
import type { OtherAuths } from '../../lib/tabs/tab.ts'

/** What of a draft says who calls. */
export type AuthPart = Partial<Pick<RequestDraft, 'accountId' | 'auth'>>

/** The auth of another kind: as it was under it last, else with nothing entered but a name and a password that both
 *  have. */
export function authOfKind(
  kind: AuthKind,
  before: RequestAuth | undefined,
  auths: OtherAuths = {},
): RequestAuth {
  if (before?.kind === kind) return before
  if (isNamed(before) && (kind === 'basic' || kind === 'digest')) return { ...before, kind }
  const earlier = auths[kind]
  if (earlier?.kind === kind) return earlier
  switch (kind) {
    case 'inherit':
      return { kind }
    case 'bearer':
      return { kind, token: '' }
    case 'basic':
    case 'digest':
      return { kind, username: '', password: '' }
    case 'apikey':
      return { kind, key: '', value: '', placement: 'header' }
    case 'awsv4':
      return { kind, accessKeyId: '', secretAccessKey: '', sessionToken: '', service: '', region: '' }
    case 'client-credentials':
      return { kind, tokenUrl: '', clientId: '', clientSecret: '', scope: '', placement: 'header' }
  }
}

/** The auths that are put by when another kind is picked; one in which nothing can be entered is none of them. */
export function withAuthPutBy(
  auths: OtherAuths | undefined,
  before: RequestAuth | undefined,
  now: RequestAuth | undefined,
): OtherAuths | undefined {
  if (before === undefined || before.kind === now?.kind) return auths
  return Object.keys(authKindTable[before.kind].fields).length === 0
    ? auths
    : { ...auths, [before.kind]: before }
}

function isNamed(auth: RequestAuth | undefined): auth is Extract<RequestAuth, { kind: 'basic' | 'digest' }> {
  return auth?.kind === 'basic' || auth?.kind === 'digest'
}

/** A field's text. */
export function authText(auth: RequestAuth, field: string): string {
  return new Map(Object.entries<string>(auth)).get(field) ?? ''
}

/** An auth with another text in a field that it has. */
export function withAuthText(auth: RequestAuth, field: string, text: string): RequestAuth {
  return Object.hasOwn(auth, field) ? { ...auth, [field]: text } : auth
}
