/** Test vectors that no one here wrote, with what this runtime's crypto makes of them: the IETF JOSE cookbook, the RFCs'
 *  examples and Wycheproof. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { hasKeyWrap } from '../../src/core/jwt/encryption/key-wrap.ts'
import { openEncrypted } from '../../src/core/jwt/encryption/open-encrypted.ts'
import { readGivenKey, type GivenKey } from '../../src/core/jwt/keys/given-key.ts'
import { verifySignature } from '../../src/core/jwt/keys/verify-signature.ts'
import { decodeBase64url } from '../../src/core/jwt/text/base64url.ts'
import { readCompactJws } from '../../src/core/jwt/text/compact.ts'
import { decodeToken } from '../../src/core/jwt/text/decode.ts'
import { findTokens, type FoundToken } from '../../src/core/jwt/text/find-tokens.ts'
import { jwsOf, readSignedJson, withPayload } from '../../src/core/jwt/text/signed-json.ts'
import { readPem } from '../../src/node/crypto/read-pem.ts'

type Jwk = Record<string, unknown>

/** `valid`: accepted. `unsupported`: said to be beyond this program or its runtime. Anything else is a refusal. */
interface Outcome {
  state: 'valid' | 'refused' | 'unsupported'
  code: string
}

interface Vector {
  id: string
  expected: 'valid' | 'invalid'
  run: () => Promise<Outcome>
}

/** What came of all vectors. */
export interface VectorReport {
  compared: number
  /** Those on whose result Gatehouse does not agree, with the reason. */
  excepted: Record<string, string>
  /** Those for which there is no reason: what is wanted, and what came. */
  unexpected: Record<string, string>
  /** Exceptions that agree after all. */
  stale: string[]
}

const defectiveText = 'the vector is named after a defect, but its text is the sound token'
const otherAlgorithm = 'the key is reserved for another algorithm than the token’s'
const outside = 'the vector calls a character outside base64url valid (RFC 7515 section 2 does not)'
const rsa15 = 'RSA1_5 is refused by design (RFC 8725 section 3.2)'
const inSet = 'a shared secret in a published key set is no secret: refused by design'
const unmarked = 'its b64 is not in crit, as RFC 7797 section 6 demands'

/** Vectors on whose result Gatehouse does not agree, and why. */
const exceptions: readonly (readonly [ids: RegExp, why: string])[] = [
  [/^wycheproof signature 3(?:46|47|50|51)$/, otherAlgorithm],
  [/^wycheproof signature 3(?:67|70)$/, defectiveText],
  [/^wycheproof signature 37[23]$/, outside],
  [
    /^wycheproof encryption 22$/,
    'the vector wants the JSON form refused, which Gatehouse reads (RFC 7516 section 7.2)',
  ],
  [/^wycheproof encryption 1(?:0[0-5]|12|28)$/, rsa15],
  [/^wycheproof (?:crypto 48|key (?:2|13|14|15))$/, inSet],
  // The recipients of 5.13 begin with RSA1_5.
  [/(?:jwe\/5_1\.|rfc7520_5\.1\.|jwe\/5_13\..* 0$)/, rsa15],
  [/^cookbook rfc7797\/4\.2\./, unmarked],
]
/** What Electron's BoringSSL lacks, which the app says in words (SECURITY.md). */
const noKeyWrap = 'this runtime has no AES key wrap'

/** Runs all that is in the folder. */
export async function runVectors(folder: string): Promise<VectorReport> {
  const report: VectorReport = { compared: 0, excepted: {}, unexpected: {}, stale: [] }
  const wraps = await hasKeyWrap()
  for (const { id, expected, run } of vectorsIn(folder)) {
    report.compared += 1
    const { state, code } = await run()
    const why = exceptions.find(([ids]) => ids.test(id))?.[1]
    const lacks = !wraps && state === 'unsupported' ? noKeyWrap : undefined
    if ((state === 'valid') !== (expected === 'valid')) {
      const reason = why ?? lacks
      if (reason === undefined) report.unexpected[id] = `${expected}, but ${state}: ${code}`
      else report.excepted[id] = reason
    } else if (why !== undefined && lacks === undefined) report.stale.push(id)
  }
  return report
}

function vectorsIn(folder: string): Vector[] {
  const read = (...path: string[]): string => readFileSync(join(folder, ...path), 'utf8').trim()
  const json = (...path: string[]) => JSON.parse(read(...path)) as never
  return [...wycheproof(json), ...cookbook(folder, json), ...latchset(folder, read), proof]
}

/** The DPoP proof of RFC 9449 section 4.1, with the key that it carries. */
const proof: Vector = {
  id: 'RFC 9449 section 4.1',
  expected: 'valid',
  run: () =>
    verify(
      [
        'eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZ',
        'OXpDa0RscEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIs',
        'ImNydiI6IlAtMjU2In19.eyJqdGkiOiItQndDM0VTYzZhY2MybFRjIiwiaHRtIjoiUE9TVCIsImh0dSI6Imh0dHBzOi8vc2VydmV',
        'yLmV4YW1wbGUuY29tL3Rva2VuIiwiaWF0IjoxNTYyMjYyNjE2fQ.2-GxA6T8lP4vfrg8v-FdWP0A0zdrj8igiMLvqRMUvwnQg4Pt',
        'FLbdLXiOSsX0x7NVY-FNyJK70nfbV37xRZT3Lg',
      ].join(''),
      {
        kty: 'EC',
        crv: 'P-256',
        x: 'l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs',
        y: '9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA',
      },
    ),
}

type ReadJson = (...path: string[]) => never

interface Group {
  public?: Jwk
  private?: Jwk
  tests: { tcId: number; result: 'valid' | 'invalid'; jws?: unknown; jwe?: unknown; pt?: string }[]
}

function wycheproof(json: ReadJson): Vector[] {
  const files = ['signature', 'encryption', 'crypto', 'key']
  return files.flatMap((name) => {
    const { testGroups }: { testGroups: Group[] } = json(
      'wycheproof',
      name === 'crypto' ? 'json_web_crypto_test.json' : `json_web_${name}_test.json`,
    )
    return testGroups.flatMap((group) =>
      group.tests.map(({ tcId, result, jws, jwe, pt }): Vector => ({
        id: `wycheproof ${name} ${tcId}`,
        expected: result,
        run: () =>
          jwe === undefined
            ? verify(String(jws), group.public ?? group.private ?? {})
            : decrypt(
                String(jwe),
                group.private ?? {},
                pt === undefined ? undefined : Buffer.from(pt, 'hex'),
              ),
      })),
    )
  })
}

interface Recipe {
  input: { key?: Jwk | Jwk[]; payload?: string; plaintext?: string; pwd?: string }
  output: { compact?: string; json?: object; json_flat?: object }
}

function cookbook(folder: string, json: ReadJson): Vector[] {
  const root = join(folder, 'ietf-jose-cookbook')
  const names = ['jws', 'jwe', 'curve25519', 'rfc7797'].flatMap((part) =>
    readdirSync(join(root, part))
      .filter((name) => name.endsWith('.json'))
      .map((name) => join(part, name)),
  )
  return names.flatMap((name) => {
    const { input, output }: Recipe = json('ietf-jose-cookbook', name)
    const forms = Object.entries(output).filter(([form]) => ['compact', 'json', 'json_flat'].includes(form))
    return forms.flatMap(([form, value]) => {
      const text = typeof value === 'string' ? value : JSON.stringify(value)
      const keys = [input.key ?? []].flat()
      const isEncrypted = text.startsWith('{') ? text.includes('"ciphertext"') : text.split('.').length === 5
      return keys.map((key, at): Vector => ({
        id: `cookbook ${name.replaceAll('\\', '/')} ${form}${keys.length > 1 ? ` ${at}` : ''}`,
        expected: 'valid',
        run: () =>
          isEncrypted
            ? decrypt(text, key, input.plaintext === undefined ? undefined : Buffer.from(input.plaintext))
            : verify(text, key, input.payload),
      }))
    })
  })
}

function latchset(folder: string, read: (...path: string[]) => string): Vector[] {
  const root = join(folder, 'rfc-latchset-jose')
  const files = readdirSync(root)
  const names = files.filter((name) => /\.jw[se][cfg]$/.test(name))
  /** Some of the files only name another one. */
  const follow = (name: string): string => {
    const text = read('rfc-latchset-jose', name)
    return /^[\w.]+\.(?:jwk|jwkset|pwd)$/.test(text) ? follow(text) : text
  }
  return names.flatMap((name): Vector[] => {
    const base = name.replace(/\.jw[se][cfg]$/, '')
    const text = read('rfc-latchset-jose', name)
    const all = new RegExp(`^${base.replaceAll('.', '\\.')}(?:\\.\\d)?\\.(?:jwk|jwkset|pwd)$`)
    const own = files.filter((file) => all.test(file))
    const keys = own.flatMap((file) => {
      const content = follow(file)
      if (!content.startsWith('{'))
        return [{ kty: 'oct', k: Buffer.from(content).toString('base64url') } as Jwk]
      const key = JSON.parse(content) as Jwk
      return Array.isArray(key['keys']) ? (key['keys'] as Jwk[]) : [key]
    })
    const payload = files.includes(`${base}.payl`) ? read('rfc-latchset-jose', `${base}.payl`) : undefined
    // A file with several keys is of several signers or recipients: one of them is enough.
    async function run(): Promise<Outcome> {
      let last: Outcome = { state: 'refused', code: 'no_keys' }
      for (const key of keys) {
        last = name.includes('.jwe') ? await decrypt(text, key, undefined) : await verify(text, key, payload)
        if (last.state === 'valid') return last
      }
      return last
    }
    return [{ id: `latchset ${name}`, expected: name === 'rfc7515_A.5.jwsc' ? 'invalid' : 'valid', run }]
  })
}

/** Verifies what is signed in the text, one signature of several being enough; the key is the issuer's published one, or a
 *  shared secret. */
async function verify(text: string, key: Jwk, payload?: string): Promise<Outcome> {
  let last: Outcome = { state: 'refused', code: 'not_found' }
  for (const found of text.startsWith('{') ? findTokens(text) : [{ text }]) {
    last = await verifyOne(found, key, payload)
    if (last.state === 'valid') return last
  }
  return last
}

/** What is verified: the text, or what it cannot say in compact form or without its payload. */
function signedIn({ text, json }: Pick<FoundToken, 'text' | 'json'>, payload: string | undefined) {
  const whole = json === undefined ? undefined : readSignedJson(json)
  const put = payload === undefined ? text : withPayload(decodeToken(text), payload)
  const token = whole ?? (typeof put === 'string' ? decodeToken(put) : put)
  if (token.format === 'malformed' && token.flattened) return jwsOf(token)
  if (token.format === 'jwt' && token.flattened) return jwsOf(token)
  const read = readCompactJws(typeof put === 'string' ? put : text)
  return read.ok ? read.value : undefined
}

async function verifyOne(
  found: Pick<FoundToken, 'text' | 'json'>,
  key: Jwk,
  payload: string | undefined,
): Promise<Outcome> {
  const jws = signedIn(found, payload)
  if (jws === undefined) return { state: 'refused', code: 'malformed' }
  const { alg, k } = key
  const secret = key['kty'] === 'oct' ? decodeBase64url(String(k)) : undefined
  const outcome = await verifySignature(jws, {
    ...(secret?.ok && { secret: secret.bytes }),
    ...(typeof alg === 'string' && { algorithms: [alg] }),
    ...(key['kty'] !== 'oct' && { keys: { keys: Array.isArray(key['keys']) ? key['keys'] : [key] } }),
  })
  return toOutcome(outcome.state === 'valid', outcome.state === 'valid' ? '' : outcome.code)
}

async function decrypt(text: string, key: Jwk, plain: Buffer | undefined): Promise<Outcome> {
  const given = readGivenKey({ text: JSON.stringify(key) }, readPem)
  if (!given.ok) return toOutcome(false, given.error.code)
  const compact = text.startsWith('{') ? textToOpen(text) : text
  const opened = await openEncrypted(compact, given.value satisfies GivenKey)
  if (!opened.ok) return toOutcome(false, opened.error.code)
  const same = plain === undefined || Buffer.compare(Buffer.from(opened.value.plain), plain) === 0
  return toOutcome(same, 'other plain text')
}

/** As the bench does: a JSON form that has nothing more than the compact one is opened as that. */
function textToOpen(text: string): string {
  const [found] = findTokens(text)
  return found?.json ?? found?.text ?? text
}

function toOutcome(isValid: boolean, code: string): Outcome {
  if (isValid) return { state: 'valid', code: '' }
  return { state: /unsupported/.test(code) ? 'unsupported' : 'refused', code }
}
