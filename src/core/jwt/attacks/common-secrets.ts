import { jwsAlgorithm } from '../keys/algorithms.ts'
import { verifySignature } from '../keys/verify-signature.ts'
import type { CompactJws } from '../text/compact.ts'
import { textMember } from '../text/json-object.ts'

/** What people type where a secret is asked for, and what examples on the web put there. */
const whole = listed(`
  secret|secretkey|secret-key|secret_key|your-256-bit-secret|your-384-bit-secret|your-512-bit-secret
  a-string-secret-at-least-256-bits-long|a-valid-string-secret-that-is-at-least-512-bits-long-which-is-very-long
  your-secret-key|your_secret_key|your-secret|your_secret|yoursecretkey|YOUR_SECRET_KEY|YOUR_SECRET|YOUR-SECRET-KEY
  my-secret-key|my_secret_key|mysecretkey|my-secret|my_secret|mysecret|my super secret key|supersecretkey|super-secret
  super_secret_key|super secret|supersecret|topsecret|top-secret|top_secret|verysecret|very-secret|very_secret_key
  shhhhh|shhhh|shh|shared-secret|shared_secret|sharedsecret|jwt-secret|jwt_secret|jwtsecret|JWT_SECRET|jwt-secret-key
  jwt_secret_key|jwtSecretKey|jwtSecret|JWT_SECRET_KEY|token-secret|token_secret|tokensecret|access-token-secret
  ACCESS_TOKEN_SECRET|REFRESH_TOKEN_SECRET|TOKEN_SECRET|TOKEN_KEY|SECRET_KEY|SECRET|session-secret|session_secret
  keyboard cat|keyboardcat|django-insecure|django-secret|flask-secret|laravel|rails|spring|express|node|nodejs
  some-secret|some_secret|somesecret|any-secret|random|random-string|randomsecret|thisisasecret|this-is-a-secret
  this is a secret|thisismysecret|this is my secret|this_is_my_secret_key|thisisaverysecretkey|this is a very secret key
  dont-tell-anyone|do-not-tell|do-not-use|donotuse|notsecret|not-so-secret|notasecret|no-secret|nosecret|changethis
  change-this|change_this|changeit|change-it|change me|change-me|change_me|replace-me|replace_me|replaceme|todo|fixme
  insert-secret-here|put-your-secret-here|enter-your-secret|placeholder|example|example-secret|example_key|example-key
  sample|sample-secret|demo|demo-secret|test-secret|test_secret|testsecret|testing|testkey|test-key|test_key|dev-secret
  dev_secret|development|production|staging|local|localhost|default-secret|default_secret|defaultsecret|defaultkey
  hmac|hmac-secret|hs256|hs256-secret|HS256|hmackey|hmac-key|signing-key|signing_key|signingkey|signing-secret
  private|privatekey|private-key|private_key|public|publickey|public-key|api-key|api_key|apikey|api-secret|api_secret
  apisecret|app-secret|app_secret|appsecret|client-secret|client_secret|clientsecret|client|oauth|oauth2|oidc|openid
  auth|auth-secret|auth_secret|authsecret|authentication|authorization|bearer|gfg_jwt_secret_key|null|undefined|none
  nil|true|false|NaN|[object Object]|object|string|empty|blank|foo|bar|baz|foobar|foo-bar|hello|hello world|helloworld
  Hello World|hello-world|lorem|lorem ipsum|abc|abcd|abcdef|abcdefg|abc123|a1b2c3d4|qwerty|qwertz|azerty|qwertyuiop
  asdf|asdfgh|asdfghjkl|zxcvbn|zxcvbnm|1|12|123|1234|12345|123456|1234567|12345678|123456789|1234567890|0|00|000000
  111111|1111|112233|121212|123123|123321|654321|666666|987654321|0123456789|0123456789abcdef|deadbeef|cafebabe
  00000000000000000000000000000000|0123456789abcdef0123456789abcdef|12345678901234567890123456789012
  abcdefghijklmnopqrstuvwxyz|aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|abcdefghijklmnopqrstuvwxyz123456
  correct horse battery staple|correcthorsebatterystaple|letmein|let-me-in|opensesame|open sesame|trustno1|iloveyou
`)

/** Words that get an ending. */
const words = listed(`
  secret|password|passwd|pass|key|token|jwt|admin|administrator|root|user|guest|test|tests|demo|dev|prod|stage|master
  default|changeme|welcome|login|server|service|system|company|website|project|application|app|api|backend|frontend
  mobile|web|site|shop|store|blog|account|customer|payment|bank|database|db|mongo|mysql|postgres|redis|docker|cloud
  azure|google|amazon|github|gitlab|monkey|dragon|sunshine|princess|football|baseball|shadow|superman|batman|starwars
  summer|winter|spring|autumn|hunter|killer|ninja|magic|freedom|whatever|computer|internet|security|secure|crypto
`)
const endings = [
  '',
  '1',
  '12',
  '123',
  '1234',
  '12345',
  '123456',
  '!',
  '123!',
  '@123',
  '01',
  '2023',
  '2024',
  '2025',
]

/** Bytes of token that are hashed before others get a turn. */
const atOnceBytes = 500_000
/** Bytes of token that are hashed for one question: a few tenths of a second. */
const partBytes = 40_000_000

/** Secrets that are tried first by whoever wants to forge a token; none is empty, none twice. */
export function commonSecrets(): readonly string[] {
  const spelled = words.flatMap((word) => [word, `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`])
  const ended = spelled.flatMap((word) => endings.map((ending) => word + ending))
  return [...new Set([...whole, ...ended, ...words.map((word) => word.toUpperCase())])]
}

/** Whether a token's signature can be guessed at all: HMAC, the algorithm of shared secrets. */
export function isGuessable({ header }: CompactJws): boolean {
  return jwsAlgorithm(textMember(header, 'alg') ?? '')?.kty === 'oct'
}

/** The common secret that an HMAC token is signed with, if it is one of those from this one on (RFC 8725 section 3.5), and
 *  how many were tried with those before. A long token is given a part of them, so that whoever waits sees how far it is
 *  and can leave off; they are tried a few dozen at a time, so that others get a turn. */
export async function guessSecret(
  jws: CompactJws,
  from = 0,
): Promise<{ secret: string | undefined; tried: number }> {
  const encoder = new TextEncoder()
  const length = Math.max(1, jws.text.length)
  const part = Math.max(1, Math.floor(partBytes / length))
  const secrets = commonSecrets().slice(from, from + part)
  const atOnce = Math.max(1, Math.min(32, Math.floor(atOnceBytes / length)))
  for (let at = 0; at < secrets.length; at += atOnce) {
    const tried = await Promise.all(
      secrets.slice(at, at + atOnce).map(async (secret) => {
        const { state } = await verifySignature(jws, { secret: encoder.encode(secret) })
        return state === 'valid' ? secret : undefined
      }),
    )
    const secret = tried.find((one) => one !== undefined)
    if (secret !== undefined) return { secret, tried: from + at + tried.length }
  }
  return { secret: undefined, tried: from + secrets.length }
}

function listed(text: string): string[] {
  return text
    .split(/[|\n]/)
    .map((each) => each.trim())
    .filter((each) => each !== '')
}
