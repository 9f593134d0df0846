/** Scopes that steer the sign-in itself and need not show up in an access token (OpenID Connect Core 5.4, 11). */
const signInScopes = new Set(['openid', 'profile', 'email', 'address', 'phone', 'offline_access'])

/** What is longer is no scope that anyone reads, in characters. */
const longestScope = 65_536

/** Splits a scope (RFC 6749 section 3.3) or a vendor's list of scopes; anything else is no scope. */
export function scopeList(value: unknown): string[] {
  if (typeof value === 'string')
    return value
      .slice(0, longestScope)
      .split(' ')
      .filter((scope) => scope !== '')
  return Array.isArray(value) ? value.filter((scope) => typeof scope === 'string') : []
}

/** Which scopes were asked for and not granted, and which came unasked. What the token itself names counts for
 *  the API; scopes of the sign-in may be named by the token response alone, and are not missed where that
 *  named no scope at all. */
export function compareScopes(
  asked: string,
  inToken: unknown,
  inResponse?: string,
): { missing: string[]; unasked: string[] } {
  const [token, response] = [scopeList(inToken), scopeList(inResponse)]
  const granted = new Set([...token, ...response])
  const counted = token.length > 0 ? new Set(token) : new Set(response)
  const wanted = scopeList(asked)
  const missing = wanted.filter((scope) => {
    if (signInScopes.has(scope)) return inResponse !== undefined && !covers(granted, scope)
    return !covers(counted, scope)
  })
  const named = new Set(wanted.flatMap(namesOf))
  return { missing, unasked: [...granted].filter((one) => !named.has(one)) }
}

/** `orders:read profile` as `May read orders and see the profile.`; scopes that do not read so are counted. */
export function scopeSentence(scopes: string[]): string {
  if (scopes.length === 0) return 'Allows nothing by scope.'
  const phrases: string[] = []
  let others = 0
  for (const scope of scopes) {
    const parts = /^([a-z][a-z-]{1,30})[:.]([a-z]+)$/.exec(scope)
    const verb = parts?.[2] !== undefined && Object.hasOwn(verbs, parts[2]) ? verbs[parts[2]] : undefined
    if (Object.hasOwn(known, scope)) phrases.push(known[scope] ?? scope)
    else if (parts && verb) phrases.push(`${verb} ${parts[1]}`)
    else others++
  }
  if (phrases.length === 0)
    return `Allows what ${others === 1 ? 'this scope names' : `these ${others} scopes name`}.`
  return `May ${joined(phrases)}${others > 0 ? `, and what the other ${others === 1 ? 'scope names' : `${others} scopes name`}` : ''}.`
}

const verbs: Record<string, string> = {
  read: 'read',
  write: 'change',
  create: 'create',
  delete: 'delete',
  list: 'list',
  manage: 'manage',
}
const known: Record<string, string> = {
  openid: 'sign in',
  profile: 'see the profile',
  email: 'see the email address',
  address: 'see the postal address',
  phone: 'see the phone number',
  offline_access: 'stay signed in (refresh token)',
}

function covers(granted: ReadonlySet<string>, asked: string): boolean {
  return namesOf(asked).some((name) => granted.has(name))
}

/** Slashes of a scope behind which its short name may begin, counted from the end. */
const mostSlashes = 8

/** Some providers are asked for `https://api.example/orders.read` and name it `orders.read` in the token. */
function namesOf(asked: string): string[] {
  const parts = asked.split('/')
  const behind = Math.min(mostSlashes, parts.length - 1)
  return [asked, ...Array.from({ length: behind }, (_, index) => parts.slice(-1 - index).join('/'))]
}

function joined(words: string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
