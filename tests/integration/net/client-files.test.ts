import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readIdentity } from '../../../src/node/crypto/identity/read-identity.ts'

const at = (name: string) => new URL(`../../support/certificates/${name}`, import.meta.url).pathname
const [certificate, key, other] = [at('client.crt'), at('client.key'), at('server.crt')]
const textOf = (file: string) => readFileSync(file, 'utf8')

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-files-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** A file as openssl makes it. */
const made = (...args: string[]): Buffer => {
  const out = join(folder, 'out')
  execFileSync('openssl', [...args, '-out', out], { stdio: 'ignore' })
  return readFileSync(out)
}
const pkcs12 = (passphrase: string, ...more: string[]): Buffer =>
  made('pkcs12', '-export', '-in', certificate, '-inkey', key, '-passout', `pass:${passphrase}`, ...more)
const lockedKey = (...more: string[]): Buffer =>
  Buffer.from(
    `${textOf(certificate)}${made('pkcs8', '-topk8', '-in', key, '-passout', 'pass:pw', ...more).toString()}`,
  )
/** `ok`, or the sentences that a user reads. */
const read = (bytes: Uint8Array, passphrase: string): string => {
  const identity = readIdentity({ bytes, passphrase })
  if (identity.ok) return `ok ${identity.value.view.subject}`
  expect(identity.error.code).toBe('certificate_unfit')
  return `${identity.error.message} ${identity.error.next ?? ''}`
}
const fits = 'ok CN=gatehouse-test-client'
/** Here RC2 and a file without a MAC are a matter of the crypto library: OpenSSL refuses one, BoringSSL the other. */
const usedOrMadeAgain =
  /^ok CN=gatehouse-test-client$|openssl pkcs12 -legacy -nodes -in OLD\.p12 \| openssl pkcs12 -export -out NEW\.p12$/

describe('a PKCS#12 file', () => {
  it.each([
    ['of today: AES-256 with PBKDF2', []],
    [
      'with triple DES and SHA-1',
      ['-certpbe', 'PBE-SHA1-3DES', '-keypbe', 'PBE-SHA1-3DES', '-macalg', 'sha1'],
    ],
    [
      'with AES-128 and many rounds',
      ['-certpbe', 'AES-128-CBC', '-keypbe', 'AES-192-CBC', '-iter', '100000'],
    ],
    ['with a MAC of SHA-512', ['-macalg', 'sha512']],
    ['with certificates in the open', ['-certpbe', 'NONE']],
    ['with another certificate', ['-certfile', other]],
  ])('%s is used', (_what, more) => {
    const bytes = pkcs12('pw', ...more)
    expect(read(bytes, 'pw')).toBe(fits)
    expect(read(bytes, 'wrong')).toMatch(/the passphrase does not unlock the file\. Enter the passphrase/)
    expect(read(bytes, '')).toMatch(/a passphrase locks the file\. Enter the passphrase/)
  })
  it('has no passphrase, or one beyond ASCII', () => {
    expect(read(pkcs12(''), '')).toBe(fits)
    expect(read(pkcs12(''), 'pw')).toMatch(/the passphrase does not unlock the file/)
    expect(read(pkcs12('pąss wörd ✓'), 'pąss wörd ✓')).toBe(fits)
  })
  it.each([
    ['RC2, as Windows and older tools write it', ['-legacy']],
    ['RC4', ['-legacy', '-certpbe', 'PBE-SHA1-RC4-128', '-keypbe', 'PBE-SHA1-RC4-128']],
    ['no MAC', ['-nomac']],
  ])('with %s is used, or how to make it again is said', (_what, more) => {
    expect(read(pkcs12('pw', ...more), 'pw')).toMatch(usedOrMadeAgain)
  })
  it('without one half, cut off or of something else says what it lacks', () => {
    const ends = ['-export', '-passout', 'pass:pw']
    expect(read(made('pkcs12', ...ends, '-in', certificate, '-nokeys'), 'pw')).toMatch(
      /contains no private key\. Export the certificate together with its key/,
    )
    expect(read(made('pkcs12', ...ends, '-inkey', key, '-nocerts'), 'pw')).toMatch(
      /contains no certificate for its key\. Export the key together with its certificate/,
    )
    for (const bytes of [pkcs12('pw').subarray(0, 700), Buffer.from('PK zip'), Buffer.alloc(0)])
      expect(read(bytes, 'pw')).toMatch(/damaged, or not readable PEM or PKCS#12\. Export it again/)
  })
})

describe('a PEM file', () => {
  it.each([
    ['AES-256', lockedKey.bind(undefined, '-v2', 'aes-256-cbc')],
    ['triple DES', lockedKey.bind(undefined, '-v1', 'PBE-SHA1-3DES')],
    [
      'AES in the older form',
      () =>
        Buffer.from(
          `${made('ec', '-in', key, '-aes128', '-passout', 'pass:pw').toString()}${textOf(certificate)}`,
        ),
    ],
  ])('with its key locked by %s is used, and what is kept is open', (_what, make) => {
    const bytes = make()
    expect(read(bytes, 'pw')).toBe(fits)
    expect(read(bytes, 'wrong')).toMatch(/the passphrase does not unlock its key/)
    expect(read(bytes, '')).toMatch(/a passphrase locks its key\. Enter the passphrase/)
    const identity = readIdentity({ bytes, passphrase: 'pw' })
    expect(identity.ok && 'key' in identity.value.identity && identity.value.identity.key).toMatch(
      /^-----BEGIN PRIVATE KEY-----/,
    )
  })
  it('with a key locked by scrypt or DES is used, or what to do is said', () => {
    const said = /^ok CN=gatehouse-test-client$|Encrypt it again: openssl pkcs8 -topk8 -v2 aes-256-cbc/
    expect(read(lockedKey('-scrypt'), 'pw')).toMatch(said)
    const des = lockedKey('-v1', 'PBE-MD5-DES', '-provider', 'legacy', '-provider', 'default')
    expect(read(des, 'pw')).toMatch(said)
  })
  it('has its parts in any order, with a passphrase that is not needed', () => {
    const chain = `${textOf(other)}${textOf(key)}${textOf(certificate)}`
    const identity = readIdentity({ bytes: Buffer.from(chain), passphrase: 'not needed' })
    expect(identity).toMatchObject({ ok: true, value: { view: { subject: 'CN=gatehouse-test-client' } } })
    const shown =
      identity.ok && 'certificate' in identity.value.identity && identity.value.identity.certificate
    expect(shown).toBe(`${textOf(certificate).trim()}\n${textOf(other).trim()}`)
    expect(read(Buffer.from(`\ufeffBag Attributes\n${chain}`), '')).toBe(fits)
  })
  it('without one half, or with a key of another, says so', () => {
    expect(read(readFileSync(certificate), '')).toMatch(/contains no private key/)
    expect(read(readFileSync(key), '')).toMatch(/contains no certificate/)
    const wrong = Buffer.from(`${textOf(at('server.key'))}${textOf(certificate)}`)
    expect(read(wrong, '')).toMatch(/belongs to another certificate/)
  })
  it('that is pasted with a locked key says how to open it', () => {
    writeFileSync(join(folder, 'locked'), lockedKey())
    const pasted = { certificate: textOf(certificate), key: textOf(join(folder, 'locked')) }
    expect(readIdentity(pasted)).toMatchObject({ error: { next: expect.stringContaining('openssl pkey') } })
  })
})
