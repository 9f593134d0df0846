import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Decrypter, Encrypter } from 'age-encryption'
import SqliteDatabase from 'better-sqlite3'
import { compactVerify, importJWK } from 'jose'
import * as oauth from 'oauth4webapi'
import * as openid from 'openid-client'
import { request } from 'undici'
import { parseDocument } from 'yaml'
import { z } from 'zod'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readYaml } from '../../src/core/collections/yaml-file.ts'
import { keyFault } from '../../src/core/jwt/keys/key-fault.ts'
import type { JsonObject } from '../../src/core/jwt/text/json-object.ts'
import { faultInWords } from '../../src/core/oauth/client/answer-faults.ts'
import { libraryFault } from '../../src/core/oauth/client/library-call.ts'
import { malformedAnswer } from '../../src/core/oauth/token/token-failure.ts'
import { schemaWords } from '../../src/core/text/schema-words.ts'
import { createSafeStorageProtector } from '../../src/main/system/key-protector.ts'
import { createAgeFile } from '../../src/node/crypto/age-file.ts'
import { readFileWithin } from '../../src/node/files/read-file-within.ts'
import { systemFault } from '../../src/node/files/system-fault.ts'
import { writeForOwner } from '../../src/node/files/write-for-owner.ts'
import { describeNetworkFailure } from '../../src/node/net/network-failure.ts'
import { storageFailure } from '../../src/node/sqlite/failure.ts'
import { ConfigurationError } from '../../src/playground/config/problems.ts'
import { readText } from '../../src/playground/config/read-text.ts'
import { settingWords } from '../../src/playground/config/words.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-words-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const thrownBy = async (act: () => unknown): Promise<unknown> => {
  try {
    await act()
  } catch (thrown) {
    return thrown
  }
  throw new Error('nothing was thrown')
}

/** Everything that an error says, as deep as it lies. */
const saidIn = (thrown: unknown): string[] =>
  thrown instanceof Error
    ? [
        thrown.message,
        ...(thrown instanceof AggregateError ? thrown.errors : []).flatMap(saidIn),
        ...saidIn(thrown.cause),
      ]
    : []

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? []

/** The first run of four words, or all of fewer, that a sentence has from a library. */
const taken = (sentence: string, phrases: readonly string[]): string | undefined => {
  // Paths, addresses and what a schema names are no one's words.
  const names = /\d+(\.\d+){3}(:\d+)?|no-such-name\.invalid|\b(light|dark)\b/g
  const plain = (text: string) => wordsOf(text.replaceAll(folder, '').replace(names, ''))
  const ours = ` ${plain(sentence).join(' ')} `
  for (const phrase of phrases) {
    const words = plain(phrase)
    const length = Math.min(4, words.length)
    for (let at = 0; length > 1 && at + length <= words.length; at += 1) {
      const run = ` ${words.slice(at, at + length).join(' ')} `
      if (ours.includes(run)) return run.trim()
    }
  }
  return undefined
}

const isOurs = (sentence: string, ...thrown: unknown[]): void => {
  const phrases = thrown.flatMap((each) => (typeof each === 'string' ? [each] : saidIn(each)))
  expect(phrases.join('').trim()).not.toBe('')
  expect(wordsOf(sentence).length).toBeGreaterThan(1)
  expect([sentence, taken(sentence, phrases)]).toEqual([sentence, undefined])
}

it('a phrase that comes through is noticed', () => {
  const phrase = '"response" body "sub" property must be a string'
  expect(taken(`The response is malformed: ${phrase}.`, [phrase])).toBe('response body sub property')
  expect(taken('It could not be read (file is not a database).', ['file is not a database'])).toBeDefined()
})

describe('undici', () => {
  const answering = async (text: string | undefined) => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined)
      if (text === undefined) socket.destroy()
      else socket.once('data', () => socket.end(Buffer.from(text, 'latin1')))
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const { port } = server.address() as AddressInfo
    return { port, close: () => void server.close() }
  }

  it.each<[string, string | undefined, string?]>([
    ['cuts', undefined],
    ['says nothing', ''],
    ['says no HTTP', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['has headers without an end', `HTTP/1.1 200 OK\r\nx: ${'x'.repeat(200_000)}`],
    ['breaks off', 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf'],
    ['gives two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nx'],
    ['has a wrong chunk', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n'],
    ['answers TLS in plain', 'HTTP/1.1 400 Bad Request\r\n\r\n', 'https'],
  ])('a server that %s', async (_what, text, scheme = 'http') => {
    const { port, close } = await answering(text)
    const thrown = await thrownBy(async () => (await request(`${scheme}://127.0.0.1:${port}/`)).body.text())
    close()
    const { message, next = '' } = describeNetworkFailure(thrown, `127.0.0.1:${port}`)
    isOurs(`${message} ${next}`, thrown)
  })

  it('no server, and no such name', async () => {
    const { port, close } = await answering('')
    close()
    for (const url of [`http://127.0.0.1:${port}/`, 'http://no-such-name.invalid/']) {
      const thrown = await thrownBy(() => request(url))
      isOurs(describeNetworkFailure(thrown, new URL(url).host).message, thrown)
    }
  })
})

describe('openid-client and oauth4webapi', () => {
  const metadata = {
    issuer: 'https://as.example',
    token_endpoint: 'https://as.example/token',
    device_authorization_endpoint: 'https://as.example/device',
    userinfo_endpoint: 'https://as.example/userinfo',
    introspection_endpoint: 'https://as.example/introspect',
    pushed_authorization_request_endpoint: 'https://as.example/par',
    authorization_endpoint: 'https://as.example/authorize',
  }
  const asking = (body: unknown, status: number) => {
    const configuration = new openid.Configuration(metadata, 'client')
    configuration[openid.customFetch] = () =>
      Promise.resolve(
        new Response(typeof body === 'string' ? body : JSON.stringify(body), {
          status,
          headers: { 'content-type': 'application/json' },
        }),
      )
    return configuration
  }
  type Ask = (configuration: openid.Configuration) => unknown
  const token: Ask = (to) => openid.genericGrantRequest(to, 'client_credentials', {})
  const device: Ask = (to) => openid.initiateDeviceAuthorization(to, {})
  const userinfo: Ask = (to) => openid.fetchUserInfo(to, 'token', openid.skipSubjectCheck)
  const introspection: Ask = (to) => openid.tokenIntrospection(to, 'token')
  const pushed: Ask = (to) => openid.buildAuthorizationUrlWithPAR(to, { redirect_uri: 'https://a.example/' })

  it.each<[string, Ask, unknown, number?]>([
    ['no token', token, {}],
    ['a token that is a number', token, { access_token: 7, token_type: 'bearer' }],
    ['no type', token, { access_token: 'a' }],
    ['another type', token, { access_token: 'a', token_type: 'mac' }],
    ['a life in words', token, { access_token: 'a', token_type: 'bearer', expires_in: 'soon' }],
    ['a negative life', token, { access_token: 'a', token_type: 'bearer', expires_in: -1 }],
    ['a scope that is a list', token, { access_token: 'a', token_type: 'bearer', scope: ['a'] }],
    ['a list', token, []],
    ['no JSON', token, '<html>'],
    ['no device code', device, {}],
    ['a user code that is a number', device, { device_code: 'd', user_code: 7 }],
    ['no subject', userinfo, {}],
    ['a subject that is a number', userinfo, { sub: 7 }],
    ['no word of active', introspection, { active: 'yes' }],
    ['no request URI', pushed, {}, 201],
    ['no life of the request URI', pushed, { request_uri: 'urn:x' }, 201],
  ])('an answer with %s', async (_what, ask, body, status = 200) => {
    const thrown = await thrownBy(() => ask(asking(body, status)))
    const fault = libraryFault(thrown)
    expect(fault).toBeDefined()
    if (fault) isOurs(malformedAnswer(faultInWords(fault, [])).message, thrown)
  })

  it('oauth4webapi alone', async () => {
    const asked = new URL('https://as.example')
    for (const body of [{}, { issuer: 7 }, { issuer: 'https://other.example' }, []]) {
      const thrown = await thrownBy(() => oauth.processDiscoveryResponse(asked, Response.json(body)))
      const fault = libraryFault(thrown)
      if (fault) isOurs(malformedAnswer(faultInWords(fault, [])).message, thrown)
      else expect(thrown).toBeInstanceOf(Error)
    }
  })
})

it.each<[string, JsonObject, string]>([
  ['no modulus', { kty: 'RSA', e: 'AQAB' }, 'RS256'],
  ['an odd type', { kty: 'odd' }, 'RS256'],
  ['a point off its curve', { kty: 'EC', crv: 'P-256', x: 'AAAA', y: 'AAAA' }, 'ES256'],
  ['a short key', { kty: 'RSA', e: 'AQAB', n: Buffer.alloc(128, 0xff).toString('base64url') }, 'RS256'],
])('jose: %s', async (_what, key, alg) => {
  const header = Buffer.from(JSON.stringify({ alg })).toString('base64url')
  const thrown = await thrownBy(async () => compactVerify(`${header}.e30.AAAA`, await importJWK(key, alg)))
  isOurs(`This key cannot be used: ${keyFault(thrown, key, alg)}.`, thrown)
})

it.each<[string, (file: string) => unknown]>([
  [
    'no database',
    (file) => (writeFileSync(file, 'x'.repeat(4096)), new SqliteDatabase(file).pragma('user_version')),
  ],
  ['no folder', (file) => new SqliteDatabase(join(file, 'no', 'such'))],
  ['a folder', (file) => (mkdirSync(file), new SqliteDatabase(file))],
  ['no table', (file) => new SqliteDatabase(file).prepare('SELECT * FROM nothing')],
  ['no SQL', (file) => new SqliteDatabase(file).exec('SELEKT 1')],
  ['a closed one', (file) => new SqliteDatabase(file).close().prepare('SELECT 1')],
  [
    'what must be unique',
    (file) => new SqliteDatabase(file).exec('CREATE TABLE t (a UNIQUE); INSERT INTO t VALUES (1), (1)'),
  ],
  ['too much', (file) => new SqliteDatabase(file).exec(`SELECT zeroblob(2000000000)`)],
  ['a damaged page', (file) => damagedDatabase(file).prepare('SELECT * FROM t').all()],
])('better-sqlite3: %s', async (what, act) => {
  const file = join(folder, `${what.replaceAll(' ', '-')}.db`)
  const thrown = await thrownBy(() => act(file))
  const { message, next = '' } = storageFailure(thrown, file)
  isOurs(`${message} ${next}`, thrown)
})

const damagedDatabase = (file: string) => {
  const db = new SqliteDatabase(file)
  db.exec("CREATE TABLE t (a); INSERT INTO t SELECT 'row ' || value FROM json_each('[1,2,3]')")
  db.close()
  const bytes = readFileSync(file)
  bytes.fill(0xff, 4096)
  writeFileSync(file, bytes)
  return new SqliteDatabase(file)
}

describe('age', () => {
  const files = createAgeFile(4)
  let sound: Uint8Array
  beforeAll(async () => {
    sound = await files.encrypt(new TextEncoder().encode('plain'), 'right')
  })
  const changed = (at: number) =>
    Uint8Array.from(sound, (byte, index) => (index === (at + sound.length) % sound.length ? byte ^ 1 : byte))
  const forOther = async () => {
    const encrypter = new Encrypter()
    encrypter.addRecipient('age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj')
    return encrypter.encrypt('plain')
  }

  it.each<[string, () => Uint8Array | Promise<Uint8Array>, RegExp]>([
    ['another password', () => sound, /password does not open/],
    ['no header', () => Buffer.from('hello'), /header/],
    ['another version', () => changed(20), /not that of an age file/],
    ['a changed header', () => changed(sound.indexOf(0x0a, 40) + 60), /its header/],
    ['a changed end', () => changed(-1), /content was changed/],
    ['no end', () => sound.slice(0, -1), /content was changed/],
    ['nothing behind its header', () => sound.slice(0, -30), /or it is truncated/],
    ['a key in place of a password', forOther, /not encrypted with a password/],
  ])('a file with %s', async (what, make, said) => {
    const bytes = await make()
    const password = what === 'another password' ? 'wrong' : 'right'
    const decrypter = new Decrypter()
    decrypter.addPassphrase(password)
    const thrown = await thrownBy(() => decrypter.decrypt(bytes))
    const opened = await files.decrypt(bytes, password)
    expect(opened).toMatchObject({ ok: false, error: { message: expect.stringMatching(said) as unknown } })
    if (!opened.ok) isOurs(opened.error.message, thrown)
  })
})

it.each<[string, z.ZodType, unknown]>([
  ['nothing', z.string(), undefined],
  ['a number for text', z.string(), 7],
  ['text for a number', z.int(), 'x'],
  ['a fraction', z.int(), 1.5],
  ['no list', z.array(z.string()), {}],
  ['a long text', z.string().max(3), 'xxxx'],
  ['an empty text', z.string().min(1), ''],
  ['a long list', z.array(z.string()).max(1), ['a', 'b']],
  ['a large number', z.number().max(3), 4],
  ['another word', z.enum(['light', 'dark']), 'pink'],
  ['another literal', z.literal(1), 2],
  ['a form', z.string().regex(/^a$/), 'b'],
  ['an address', z.url(), 'b'],
  ['an identifier', z.uuid(), 'b'],
  ['a member too much', z.strictObject({}), { extra: 1 }],
  ['a union', z.union([z.string(), z.number()]), true],
  ['a record', z.record(z.string().regex(/^a$/), z.string()), { b: 'b' }],
  ['a multiple', z.number().multipleOf(3), 4],
  ['a refusal', z.string().refine(() => false), 'x'],
])('zod: %s', (_what, schema, input) => {
  const own = schema.safeParse(input).error?.issues.map(({ message }) => message) ?? []
  for (const error of [schemaWords, settingWords])
    for (const { message } of schema.safeParse(input, { error }).error?.issues ?? []) isOurs(message, ...own)
})

it.each([
  'a: [',
  'a:\n\tb: 1',
  'a: 1\na: 2',
  'a: "\\q"',
  'a: *b',
  'a: @b',
  'a: b: c',
  '- a\nb',
  'a: &x &y 1',
  'a: !!int x\n%',
  '? [a]\n: b\n--- \n---',
  'a: "b',
  '{a: 1',
  '%BAD\n---\na: 1\n...\nb',
])('yaml: %j', async (text) => {
  const own = parseDocument(text, { prettyErrors: false, version: '1.2' }).errors.map(
    ({ message }) => message,
  )
  if (own.length === 0) own.push(...saidIn(await thrownBy(() => parseDocument(text).toJS())))
  const thrown = await thrownBy(() => readText(text, 'file.yaml'))
  expect(thrown).toBeInstanceOf(ConfigurationError)
  for (const { message } of (thrown as ConfigurationError).problems) isOurs(message, ...own)
  const file = readYaml(text)
  if (!file.ok) isOurs(file.fault.reason, ...own)
})

it.each<[string, () => unknown]>([
  ['nothing there', () => readFileWithin(join(folder, 'nothing'), 9)],
  ['a folder', () => readFileWithin(folder, 9)],
  [
    'a file on the way',
    () => (writeFileSync(join(folder, 'plain'), ''), readFileWithin(join(folder, 'plain', 'x'), 9)),
  ],
  ['a long name', () => writeForOwner(join(folder, 'x'.repeat(300)), [])],
  ['no folder', () => writeForOwner(join(folder, 'no', 'such'), [])],
  ['a folder to write to', () => writeForOwner(folder, [])],
  ['an argument', () => readFileSync('a\0b')],
])('the file system: %s', async (_what, act) => {
  const thrown = await thrownBy(act)
  const own = saidIn(thrown).filter((phrase) => phrase !== 'it is not a file')
  isOurs(`The file could not be read (${systemFault(thrown)}).`, ...own, 'nothing else')
})

it('Electron’s keyring', async () => {
  const thrown = new Error('Error while decrypting the ciphertext provided to safeStorage.decryptString.')
  const refusing = () => {
    throw thrown
  }
  const safe = {
    isEncryptionAvailable: () => true,
    getSelectedStorageBackend: () => 'gnome_libsecret' as const,
    encryptString: refusing,
    decryptString: refusing,
  }
  const protector = createSafeStorageProtector(safe, 'linux')
  for (const refused of [await protector.wrap(Uint8Array.of(1)), await protector.unwrap(Uint8Array.of(1))])
    if (!refused.ok) isOurs(refused.error.message, thrown)
    else throw new Error('not refused')
})
