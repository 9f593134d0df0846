import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadConfiguration } from '../../../../src/playground/config/load.ts'
import { ConfigurationError } from '../../../../src/playground/config/problems.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'playground-config-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const file = (text: string): string => {
  const path = join(folder, 'playground.yaml')
  writeFileSync(path, text)
  return path
}

const problemsOf = (text: string, environment: Record<string, string> = {}) => {
  try {
    loadConfiguration({ file: file(text), environment })
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error
    return error.problems.map(({ place, message }) => `${place.replace(`${folder}/`, '')}: ${message}`)
  }
  return []
}

const bomb = `a: &a [x,x,x,x,x,x,x,x,x]
${[...'bcdefghij'].map((name, index) => `${name}: &${name} [${`*${'abcdefghi'[index]},`.repeat(9)}]`).join('\n')}
`

// Each is wrong in one way, and is told so at its place.
const hostile: [name: string, text: string, place: string][] = [
  ['no YAML', 'listen: [', 'playground.yaml:1:10'],
  ['a tab as indent', 'listen:\n\tport: 1', 'playground.yaml:2:1'],
  ['a name twice', 'data: a\ndata: b', 'playground.yaml:2:1'],
  ['a list at the top', '- 1', 'playground.yaml:1:1'],
  ['a text at the top', 'hello', 'playground.yaml:1:1'],
  ['references that grow without end', bomb, 'playground.yaml'],
  ['more than a megabyte', `# ${'x'.repeat(1024 * 1024)}`, 'playground.yaml'],
  ['an unknown setting', 'listne: {}', 'playground.yaml:1:9 /listne'],
  ['an unknown setting within', 'listen:\n  prot: 1', 'playground.yaml:2:9 /listen/prot'],
  [
    'a prototype',
    '__proto__: {admin: {key: xxxxxxxxxxxxxxxxxxxx}}\nconstructor: 1',
    'playground.yaml:2:14 /constructor',
  ],
  ['a port that is text', 'listen: {port: "80"}', 'playground.yaml:1:16 /listen/port'],
  ['a port beyond all', 'listen: {port: 65536}', 'playground.yaml:1:16 /listen/port'],
  ['a port below all', 'listen: {port: -1}', 'playground.yaml:1:16 /listen/port'],
  ['one port for both', 'listen: {port: 8080, apiPort: 8080}', 'playground.yaml:1:31 /listen/apiPort'],
  ['every address in plain http', 'listen:\n  host: 0.0.0.0', 'playground.yaml:2:9 /listen/host'],
  [
    'a certificate without a key',
    'listen: {certificateFile: a.pem}',
    'playground.yaml:1:27 /listen/certificateFile',
  ],
  [
    'a certificate that is not there',
    'listen: {certificateFile: /no/a.pem, keyFile: /no/b.pem}',
    'playground.yaml:1:27 /listen/certificateFile',
  ],
  [
    'a proxy that is a name',
    'listen: {trustedProxies: [proxy]}',
    'playground.yaml:1:27 /listen/trustedProxies/0',
  ],
  [
    'a network that is none',
    'listen: {trustedProxies: [10.0.0.0/33]}',
    'playground.yaml:1:27 /listen/trustedProxies/0',
  ],
  ['a host with a path', 'listen: {hosts: [a/b]}', 'playground.yaml:1:18 /listen/hosts/0'],
  ['an issuer that is no URL', 'issuer: here', 'playground.yaml:1:9 /issuer'],
  ['an issuer with a query', 'issuer: http://127.0.0.1/?a=b', 'playground.yaml:1:9 /issuer'],
  ['an issuer with credentials', 'issuer: http://a:b@127.0.0.1/', 'playground.yaml:1:9 /issuer'],
  ['an issuer of another scheme', 'issuer: ftp://127.0.0.1/', 'playground.yaml:1:9 /issuer'],
  ['an http issuer elsewhere', 'issuer: http://id.example', 'playground.yaml:1:9 /issuer'],
  ['an https issuer without a certificate', 'issuer: https://id.example', 'playground.yaml:1:9 /issuer'],
  [
    'an issuer below that is a page of ours',
    'issuers: [{path: /token}]',
    'playground.yaml:1:18 /issuers/0/path',
  ],
  ['an issuer twice', 'issuers: [{path: /a}, {path: /a}]', 'playground.yaml:1:30 /issuers/1/path'],
  ['a fault that is none', 'faults: [chaos]', 'playground.yaml:1:10 /faults/0'],
  [
    'a user twice, by another spelling',
    'users: [{username: ada}, {username: ADA}]',
    'playground.yaml:1:37 /users/1/username',
  ],
  [
    'two passwords',
    'users:\n  - username: ada\n    password: a\n    passwordHash: b',
    'playground.yaml:4:19 /users/0/passwordHash',
  ],
  [
    'a hash that asks for the whole memory',
    `users: [{username: ada, passwordHash: "scrypt$9999999$8$1$${'a'.repeat(22)}$${'a'.repeat(43)}"}]`,
    'playground.yaml:1:39 /users/0/passwordHash',
  ],
  [
    'a claim of the provider',
    'users: [{username: ada, claims: {iss: x}}]',
    'playground.yaml:1:39 /users/0/claims/iss',
  ],
  [
    'a password file that is not there',
    'users: [{username: ada, passwordFile: /no/such}]',
    'playground.yaml:1:39 /users/0/passwordFile',
  ],
  ['markup as a name', 'users: [{username: "<script>"}]', 'playground.yaml:1:20 /users/0/username'],
  [
    'a client twice',
    'clients: [{client_id: a}, {client_id: a}]',
    'playground.yaml:1:39 /clients/1/client_id',
  ],
  [
    'a client with a scope that is not there',
    'clients: [{client_id: a, scope: openid fly}]',
    'playground.yaml:1:33 /clients/0/scope',
  ],
  [
    'an operation with a scope that is not there',
    'resources: [{path: /r, operations: [{method: GET, path: /, scopes: [fly]}]}]',
    'playground.yaml:1:69 /resources/0/operations/0/scopes/0',
  ],
  [
    'a resource over ours',
    'resources: [{path: /orders, operations: [{method: GET, path: /}]}]',
    'playground.yaml:1:20 /resources/0/path',
  ],
  [
    'a resource with a fragment',
    'resources: [{path: /r, identifier: "https://r.example/#a", operations: [{method: GET, path: /}]}]',
    'playground.yaml:1:36 /resources/0/identifier',
  ],
  [
    'a private key to encrypt with',
    'resources: [{path: /r, accessTokenFormat: encrypted, encryptionKey: {kty: OKP, crv: X25519, x: a, d: b}, operations: [{method: GET, path: /}]}]',
    'playground.yaml:1:69 /resources/0/encryptionKey',
  ],
  [
    'a key to encrypt with that signs',
    'resources: [{path: /r, accessTokenFormat: encrypted, encryptionKey: {kty: EC, alg: ES256}, operations: [{method: GET, path: /}]}]',
    'playground.yaml:1:69 /resources/0/encryptionKey',
  ],
  ['a life of no time', 'tokens: {accessTokenSeconds: 0}', 'playground.yaml:1:30 /tokens/accessTokenSeconds'],
  [
    'a format that is none',
    'tokens: {accessTokenFormat: saml}',
    'playground.yaml:1:29 /tokens/accessTokenFormat',
  ],
  [
    'an origin with a path',
    'cors: {origins: ["https://a.example/x"]}',
    'playground.yaml:1:18 /cors/origins/0',
  ],
  ['every origin', 'cors: {origins: ["*"]}', 'playground.yaml:1:18 /cors/origins/0'],
  ['a short admin key', 'admin: {key: short}', 'playground.yaml:1:14 /admin/key'],
  ['mutual TLS that nobody checks', 'features: {mtls: true}', 'playground.yaml:1:18 /features/mtls'],
  [
    'FAPI without pushed requests',
    'features: {fapi: "2.0", par: false}',
    'playground.yaml:1:30 /features/par',
  ],
  [
    'FAPI without bound tokens',
    'features: {fapi: "2.0", dpop: false}',
    'playground.yaml:1:18 /features/fapi',
  ],
  [
    'a private origin with a path',
    'features: {privateOrigins: ["https://10.0.0.1/keys"]}',
    'playground.yaml:1:29 /features/privateOrigins/0',
  ],
  [
    'a certificate header that anyone could send',
    'features: {mtls: true, mtlsCertificateHeader: x-cert}',
    'playground.yaml:1:47 /features/mtlsCertificateHeader',
  ],
]

describe('a hostile configuration', () => {
  it('comes in more than forty kinds', () => expect(hostile.length).toBeGreaterThanOrEqual(40))

  it.each(hostile)('is refused at its place: %s', (_name, text, place) => {
    const problems = problemsOf(text)
    expect(
      problems.some((problem) => problem.startsWith(`${place}: `) || problem.startsWith(`${place} `)),
    ).toBe(problems.length > 0 ? true : 'refused')
  })

  it('is refused at the place in the environment', () => {
    expect(problemsOf('', { GATEHOUSE_PLAYGROUND_LISTEN_PORT: 'many' })[0]).toMatch(
      /^GATEHOUSE_PLAYGROUND_LISTEN_PORT: /,
    )
    expect(problemsOf('', { GATEHOUSE_PLAYGROUND_LISTNE: '1' })).toEqual([
      'GATEHOUSE_PLAYGROUND_LISTNE: is not a setting of the playground',
    ])
    expect(problemsOf('', { GATEHOUSE_PLAYGROUND_USERS: '[{username: a}, {username: a}]' })[0]).toMatch(
      /^GATEHOUSE_PLAYGROUND_USERS\/1\/username: /,
    )
    expect(problemsOf('', { GATEHOUSE_PLAYGROUND_ADMIN_KEY_FILE: '/no/such' })[0]).toMatch(
      /^GATEHOUSE_PLAYGROUND_ADMIN_KEY_FILE: /,
    )
  })

  it('says nothing of what a secret is', () => {
    const said = problemsOf(
      'admin: {key: 7777777}\nusers: [{username: ada, password: s3cret, passwordHash: hush}]',
    ).join()
    expect(said).not.toMatch(/7777777|s3cret|hush/)
  })
})
