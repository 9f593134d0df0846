/** Last words of names whose values let their holder act for someone. */
const words = new Set([
  'assertion',
  'auth',
  'authorization',
  'bearer',
  'cookie',
  'credential',
  'cvc',
  'cvv',
  'jwt',
  'mnemonic',
  'otp',
  'pass',
  'passkey',
  'pin',
  'puk',
  'pwd',
  'recovery',
  'samlresponse',
  'session',
  'sid',
  'sig',
  'signature',
  'totp',
])

/** The same alone or written in one with what is before them: `token`, `sessiontoken`, `dbpassword`. */
const endings = [
  'accesskey',
  'apikey',
  'passcode',
  'passphrase',
  'passwd',
  'password',
  'privatekey',
  'secret',
  'secretkey',
  'sessionid',
  'token',
]

/** Last two words, e.g. of `X-Session-Id` or `recoveryCodes`. */
const pairs = new Set([
  'session id',
  'seed phrase',
  'recovery phrase',
  'pass word',
  'security answer',
  ...[
    'access',
    'auth',
    'authorization',
    'backup',
    'card',
    'device',
    'login',
    'mfa',
    'otp',
    'pass',
    'pin',
    'recovery',
    'reset',
    'security',
    'sms',
    'user',
    'verification',
  ].map((word) => `${word} code`),
])

/** Words that say nothing more of a secret: `password_confirmation`, `token_value`. */
const trailing = new Set(['again', 'confirm', 'confirmation', 'repeat', 'value'])

/** Keys that open nothing. Others do, as `Ocp-Apim-Subscription-Key`, `X-RapidAPI-Key` or a bare `key`. */
const openKeys = new Set([
  'cache',
  'foreign',
  'group',
  'idempotency',
  'object',
  'order',
  'partition',
  'primary',
  'public',
  'routing',
  'row',
  'sort',
  'surrogate',
  'socket',
  'websocket',
])

/** Headers that their names do not give away. */
const headers = new Set(['authentication-info', 'dpop', 'proxy-authentication-info', 'x-access'])

/** Parameters of OAuth and OpenID messages whose values let their holder act for someone, beside those that
 *  `isSecretName` knows. `code_challenge` and `token_type` are none. */
const parameters = new Set([
  'code',
  'code_verifier',
  'id_token_hint',
  'request',
  'response',
  'software_statement',
  'state',
])

/** Members under which APIs and providers hand out what acts for someone, without `_`, `-` and capitals. */
const handedOut = new Set([
  'accesstoken',
  'apikey',
  'apitoken',
  'authtoken',
  'bearertoken',
  'clientassertion',
  'clientsecret',
  'codeverifier',
  'devicecode',
  'idtoken',
  'logouttoken',
  'passwd',
  'password',
  'privatekey',
  'refreshtoken',
  'registrationaccesstoken',
  'secretkey',
  'sessiontoken',
  'token',
])

/** Claims that have no business in a token, which everyone may read. */
const claims = new Set([
  'apikey',
  'awssecretaccesskey',
  'clientsecret',
  'connectionstring',
  'cvc',
  'cvv',
  'mfasecret',
  'mnemonic',
  'otpsecret',
  'passhash',
  'passphrase',
  'passwd',
  'password',
  'passwordhash',
  'privatekey',
  'pwd',
  'pwdhash',
  'refreshtoken',
  'secret',
  'secretaccesskey',
  'seedphrase',
  'totpsecret',
])

/** One of these is in every name that is secret: most names are done with at once. */
const hints =
  /answer|assertion|auth|bearer|code|cookie|credential|cv[cv]|jwt|key|mnemonic|otp|pass|phrase|pin|puk|pwd|recovery|saml|secret|session|si[dg]|token/i

const hintsAnywhere = new RegExp(hints.source, 'gi')

/** What is in every name that this one accepts, for a search through a long text; `undefined` where that is not
 *  known. The pattern is global: set where it begins. */
export function hintsFor(isName: (name: string) => boolean): RegExp | undefined {
  return isName === isSecretName || isName === isHandedOut ? hintsAnywhere : undefined
}

/** The same answers, each worked out once: few names are all over a text. Of hostile ones only so many are kept. */
export function remembered(isName: (name: string) => boolean, most = 5_000): (name: string) => boolean {
  const known = new Map<string, boolean>()
  function learn(name: string): boolean {
    const answer = isName(name)
    if (known.size < most) known.set(name, answer)
    return answer
  }
  return (name) => known.get(name) ?? learn(name)
}

/** Longer names are judged by their end. */
const longest = 100

/** Names of parameters, fields, members and headers whose values let their holder act for someone. */
export function isSecretName(name: string): boolean {
  if (!hints.test(name.slice(-longest))) return false
  const parts = partsOf(name)
  while (trailing.has(parts.at(-1) ?? '')) parts.pop()
  const [before, last] = [parts.at(-2), singular(parts.at(-1) ?? '')]
  if (words.has(last) || endings.some((ending) => last.endsWith(ending))) return true
  if (before !== undefined && pairs.has(`${before} ${last}`)) return true
  return parts.at(-1) === 'key' && !openKeys.has(before ?? '')
}

/** The same for parameters of OAuth messages, where `code` and `state` are secrets as well. */
export function isSecretParameter(name: string): boolean {
  return parameters.has(name.toLowerCase()) || isSecretName(name)
}

/** Headers whose values let their holder act for someone. Of `Set-Cookie` the name and the attributes may be seen. */
export function isSecretHeader(name: string): boolean {
  const lower = name.toLowerCase()
  return headers.has(lower) || (lower !== 'set-cookie' && isSecretName(name))
}

/** Members of a response that hand out what acts for someone. */
export function isHandedOut(name: string): boolean {
  return hints.test(name.slice(-longest)) && handedOut.has(bare(name))
}

/** Claims that hold a secret. */
export function isSecretClaim(name: string): boolean {
  return claims.has(bare(name))
}

/** Whether a text mentions something secret by a word within this name: `my_password_2`, `tokens`. */
export function mentionsSecret(name: string): boolean {
  const end = name.slice(-longest)
  return stems.test(end) || isSecretName(end)
}

const stems = /passw|secret|token|api_?key|assertion|credential/i

function bare(name: string): string {
  return name.length > longest ? '' : name.toLowerCase().replaceAll(/[-_]/g, '')
}

/** `X-Session-Id`, `session_id` and `sessionId` alike. */
function partsOf(name: string): string[] {
  return name
    .slice(-longest)
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]/)
    .filter((part) => part !== '')
}

function singular(word: string): string {
  const plain = word.replace(/\d{1,3}$/, '')
  const one = plain.endsWith('s') ? plain.slice(0, -1) : plain
  return words.has(plain) ? plain : one
}
