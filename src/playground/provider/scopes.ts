/** The scopes of OpenID Connect that the provider knows. */
export const identityScopes = ['openid', 'profile', 'email', 'offline_access'] as const

/** The scopes of the protected API. */
export const apiScopes = ['orders:read', 'orders:write', 'admin'] as const

export const allScopes: readonly string[] = [...identityScopes, ...apiScopes]

/** What each scope means for the person who is asked. */
export const scopeInWords: Record<string, { title: string; detail: string }> = {
  openid: { title: 'Know who you are', detail: 'A stable id for your account' },
  profile: { title: 'Read your profile', detail: 'Your name, username and roles' },
  email: { title: 'Read your email address', detail: 'And whether it has been verified' },
  offline_access: { title: 'Stay signed in', detail: 'Get new tokens without asking you again' },
  'orders:read': { title: 'See your orders', detail: 'List them and open each' },
  'orders:write': { title: 'Create orders', detail: 'On your behalf' },
  admin: { title: 'See every user of the Playground', detail: 'For administrators' },
}

/** Splits a scope parameter (RFC 6749 section 3.3), keeping the order, dropping repetitions. */
export function splitScope(scope: unknown): string[] {
  return typeof scope === 'string' ? [...new Set(scope.split(' ').filter(Boolean))] : []
}
