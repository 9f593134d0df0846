import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { settings } from '../../../../src/playground/config/environment.ts'
import {
  configurationJsonSchema,
  loadConfiguration,
  printable,
} from '../../../../src/playground/config/load.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'playground-config-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const written = (name: string, text: string): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const example = `
listen: { port: 0, apiPort: 0 }
users:
  - username: ada
    password: lovelace-1815
    roles: [clerk]
    claims: { department: engines }
clients:
  - client_id: web
    client_secret: a-secret-of-some-length
    redirect_uris: [https://app.example/callback]
scopes:
  reports: { title: Read reports, roles: [clerk] }
resources:
  - path: /reports
    operations: [{ method: GET, path: '/{id}', scopes: [reports] }]
`

describe('a configuration', () => {
  it('comes from a file, the environment above it, and the command line above both', () => {
    const file = written('a.yaml', 'tokens: { accessTokenSeconds: 1, idTokenSeconds: 1, codeSeconds: 1 }')
    const { tokens } = loadConfiguration({
      file,
      environment: {
        GATEHOUSE_PLAYGROUND_TOKENS_ID_TOKEN_SECONDS: '2',
        GATEHOUSE_PLAYGROUND_TOKENS_CODE_SECONDS: '2',
        HOME: '/',
      },
      overrides: [{ path: ['tokens', 'codeSeconds'], value: 3, place: '--code' }],
    }).configuration
    expect(tokens).toMatchObject({
      accessTokenSeconds: 1,
      idTokenSeconds: 2,
      codeSeconds: 3,
      refreshTokenSeconds: 1_209_600,
    })
  })

  it('reads JSON, lists and switches in the environment, and mounted secrets', () => {
    const key = written('key', 'an-admin-key-of-some-length\n')
    const { configuration } = loadConfiguration({
      file: written('a.json', '{"data": ":memory:"}'),
      environment: {
        GATEHOUSE_PLAYGROUND_ADMIN_KEY_FILE: key,
        GATEHOUSE_PLAYGROUND_USERS: '[{"username": "ada"}]',
        GATEHOUSE_PLAYGROUND_FEATURES_JAR: 'true',
        GATEHOUSE_PLAYGROUND_CONSENT: 'skip',
      },
    })
    expect(configuration).toMatchObject({
      data: ':memory:',
      consent: 'skip',
      admin: { key: 'an-admin-key-of-some-length' },
    })
    expect(configuration.features.jar).toBe(true)
    expect(configuration.users?.[0]?.username).toBe('ada')
  })

  it('has one name for each setting', () => {
    const names = settings.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(names).toContain('GATEHOUSE_PLAYGROUND_LISTEN_PLAIN_HTTP_BEYOND_LOOPBACK')
    expect(names).toContain('GATEHOUSE_PLAYGROUND_KEYS_JWKS_FILE')
  })

  it('is printed without its secrets', () => {
    const { configuration } = loadConfiguration({
      file: written('a.yaml', `${example}\nadmin: { key: an-admin-key-of-some-length }`),
    })
    const text = JSON.stringify(printable(configuration))
    expect(text).not.toMatch(/lovelace|a-secret|an-admin-key/)
    expect(text).toContain('"username":"ada"')
  })

  it('has a published JSON Schema that says what the program checks', () => {
    const published = JSON.parse(readFileSync('resources/playground.schema.json', 'utf8')) as object
    expect(published).toEqual(configurationJsonSchema())
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(published)
    expect(validate(parse(example))).toBe(true)
    expect(validate({ listen: { port: 'many' } })).toBe(false)
    expect(validate({ listne: {} })).toBe(false)
  })
})
