import fc from 'fast-check'
import { describe, expect, it, expectTypeOf } from 'vitest'
import type { SignInSecrets } from '../../../../src/core/oauth/authorization/authorization-request.ts'
import type { DeviceSecrets } from '../../../../src/core/oauth/token/device-code.ts'
import type {
  StoredDeviceSecrets,
  StoredSignInSecrets,
} from '../../../../src/core/records/documents/sign-in-secrets.ts'
import { keysOf } from '@contract/tables/keys-of'
import { binRowsDocument } from '../../../../src/core/records/documents/bin-rows.ts'
import { certificateDocument, keyDocument } from '../../../../src/core/records/documents/client-keys.ts'
import { settingsDocument } from '../../../../src/core/records/documents/connection-settings.ts'
import { storedDocument, type StoredDocument } from '../../../../src/core/records/documents/document.ts'
import { exchangeDocument } from '../../../../src/core/records/documents/exchange.ts'
import { flowFailureDocument, flowStepsDocument } from '../../../../src/core/records/documents/flow.ts'
import { pinnedTokenDocument } from '../../../../src/core/records/documents/pinned-token.ts'
import { metadataDocument } from '../../../../src/core/records/documents/provider-metadata.ts'
import { networkDocument, networkSecretsDocument } from '../../../../src/core/records/documents/network.ts'
import { publicKeysDocument } from '../../../../src/core/records/documents/public-keys.ts'
import { draftDocument, draftSecretsDocument } from '../../../../src/core/records/documents/request-draft.ts'
import {
  deviceSecretsDocument,
  signInSecretsDocument,
} from '../../../../src/core/records/documents/sign-in-secrets.ts'

const documents = {
  'bin rows': binRowsDocument,
  exchange: exchangeDocument,
  'flow steps': flowStepsDocument,
  'failure of a flow': flowFailureDocument,
  draft: draftDocument,
  'draft secrets': draftSecretsDocument,
  key: keyDocument,
  certificate: certificateDocument,
  'sign-in secrets': signInSecretsDocument,
  'device secrets': deviceSecretsDocument,
  settings: settingsDocument,
  metadata: metadataDocument,
  'public keys': publicKeysDocument,
  network: networkDocument,
  'network secrets': networkSecretsDocument,
  'pinned token': pinnedTokenDocument,
}
type Name = keyof typeof documents

/** Texts as they were written before there were versions. */
const old: Record<Name, string[]> = {
  'bin rows': ['[]', '[{"table":"requests","at":0,"row":{"id":"r","updated_at":1,"draft":"{}","x":null}}]'],
  exchange: [
    '{"id":"x","at":1,"method":"GET","url":"https://api.example/","sent":{"headers":[],"bodySize":0}}',
    '{"id":"x","requestId":"r","at":1,"method":"POST","url":"https://api.example/a","accountName":"alice","status":403,"duration":12.5,"sent":{"headers":[["authorization","Bearer …"]],"bodySize":3,"bodyText":"a=b"},"carried":{"accountId":"a","displayName":"alice","connectionName":"Playground","life":{"issuedAt":1,"expiresAt":2,"revokedAt":3},"scope":"openid","refreshed":false},"resent":{"firstStatus":401},"notes":["n"],"hops":[{"method":"GET","url":"https://a.example","status":302,"leftBehind":["authorization"]}],"tokenLeftBehind":true,"response":{"url":"https://b.example","status":403,"statusText":"Forbidden","headers":[["content-type","text/plain"]],"bodySize":2,"contentType":"text/plain","truncated":false,"firstText":"no"},"timing":{"preparing":1,"waiting":2,"receiving":3,"total":6},"refusal":{"headline":"h","certainty":"certain","retryAt":5,"facts":[{"label":"l","items":["a"],"missing":["a"],"wire":true}],"next":"n"},"remedies":[{"kind":"sign-in","label":"Sign in","accountId":"a","connectionId":"c","scope":"s"},{"kind":"send-as","label":"Send","accountId":"a"},{"kind":"environment","label":"Use","environmentId":"e"},{"kind":"follow","label":"Follow","origins":["https://b.example"]},{"kind":"allow-token","label":"Allow","accountId":"a","origin":"https://b.example"}]}',
    '{"id":"x","at":1,"method":"GET","url":"https://api.example/","sent":{"headers":[],"bodySize":0},"error":{"code":"network_dns","message":"m","next":"n"},"errorCode":"network_dns"}',
  ],
  'flow steps': [
    '[]',
    '[{"kind":"browser","at":1,"url":"https://as.example/authorize","opened":true},{"kind":"callback","at":2,"way":"custom-scheme","url":"app.gatehouse.desktop:/oauth/callback","checks":[{"id":"state","label":"state","state":"valid","detail":"same","source":"RFC 6749"}],"refused":{"code":"c","message":"m"},"took":4},{"kind":"callback","at":2,"way":"pasted","url":"u","checks":[]},{"kind":"exchange","purpose":"token","at":3,"method":"POST","url":"https://as.example/token","requestHeaders":[["a","b"]],"requestBody":"grant_type=…","requestBodyCut":true,"status":200,"responseHeaders":[],"responseBody":"{}","responseBodyCut":false,"waiting":1,"took":2,"failed":"network_dns","tls":{"protocol":"TLSv1.3","cipher":"c","issuer":"i","subject":"s","validTo":"v"}},{"kind":"checks","at":4,"title":"ID token","checks":[]}]',
  ],
  'failure of a flow': ['{"code":"c","message":"m","next":"n"}', '{"code":"c","message":"m"}'],
  draft: [
    '{"method":"GET","url":"https://api.example","query":[],"headers":[],"body":{"kind":"none"},"accountId":null}',
    '{"method":"POST","url":"{{api}}/a","query":[{"name":"q","value":"1","enabled":true}],"headers":[],"body":{"kind":"form","fields":[]},"accountId":"00000000-0000-4000-8000-000000000001"}',
  ],
  'draft secrets': ['{"header:Authorization:0":"Bearer x","url":"https://a.example?token=1"}', '{}'],
  key: ['{"kty":"EC","crv":"P-256","x":"x","y":"y","d":"d","alg":"ES256","kid":"k"}'],
  certificate: ['{"certificate":"-----BEGIN","key":"-----BEGIN"}'],
  'sign-in secrets': [
    '{"state":"s","nonce":"n","codeVerifier":"v","redirectUri":"r","scopeAsked":"openid","issuer":"i","resource":"https://api.example","responseType":"code id_token","responseMode":"fragment","maxAgeSeconds":60}',
    '{"state":"s","nonce":"n","codeVerifier":"v","redirectUri":"r","scopeAsked":""}',
  ],
  'device secrets': [
    '{"deviceCode":"d","userCode":"u","verificationUri":"https://as.example/d","intervalSeconds":5,"scopeAsked":"openid","verificationUriComplete":"https://as.example/d?c","resource":"r"}',
  ],
  settings: ['{}', '{"grant":"client_credentials","dpop":true,"extra":[{"name":"a","value":"b"}]}'],
  metadata: [
    '{"issuer":"https://as.example","token_endpoint":"https://as.example/token","x":{"y":[1,null]}}',
  ],
  'public keys': [
    '{}',
    '{"client":{"algorithm":"ES256","kid":"k","jwk":"{}"},"dpop":{"algorithm":"ES256","kid":"k","jwk":"{}"},"certificate":{"subject":"s","issuer":"i","thumbprint":"t","validTo":1}}',
  ],
  network: [
    '{"proxy":{"kind":"system"}}',
    '{"proxy":{"kind":"by-hand","address":"p:1","pac":"http://p/","username":"u","except":["a"],"loopback":true},"hosts":[{"host":"a"},{"host":"b","unchecked":true,"certificate":{"subject":"s","issuer":"i","thumbprint":"t","validTo":1},"address":"::1"}],"manner":{"connectSeconds":1,"pauseSeconds":2,"totalSeconds":3,"redirects":0,"closes":true,"http2":true,"family":"ipv4"}}',
  ],
  'network secrets': [
    '{}',
    '{"proxyPassword":"p","identities":{"a":{"certificate":"c","key":"k"},"b":{"pkcs12":"p","passphrase":""}}}',
  ],
  'pinned token': ['{"text":"a.b.c"}'],
}
const codes = ['document_malformed', 'document_newer', 'document_unfit']

describe.each(keysOf(documents))('the stored %s', (name) => {
  const document: StoredDocument<unknown> = documents[name]

  it.each(old[name])(
    'reads what was written before there were versions, and writes it the same: %#',
    (text) => {
      const read = document.read(text)
      expect(read).toEqual({ ok: true, value: JSON.parse(text) })
      if (!read.ok) return
      const again = document.read(document.write(read.value))
      expect(again).toEqual(read)
      expect(JSON.parse(document.write(read.value))).toEqual(JSON.parse(text))
    },
  )

  it('answers any text with a document or a reason, and never throws', () => {
    const texts = fc.oneof(fc.string(), fc.json(), mangled(old[name]))
    fc.assert(
      fc.property(texts, (text) => {
        const read = document.read(text)
        if (!read.ok) {
          expect(codes).toContain(read.error.code)
          expect(read.error.next).toContain('kept as is')
        } else expect(document.read(document.write(read.value))).toEqual(read)
      }),
      { numRuns: 300 },
    )
  })

  it('says which Gatehouse is needed for what a newer one wrote', () => {
    const kind = /"gatehouse":"([\w-]+)"/
    const inside = { gatehouse: nameOf[name], version: 2, content: JSON.parse(old[name][0] ?? '') as unknown }
    expect(JSON.stringify(inside)).toMatch(kind)
    expect(document.read(JSON.stringify(inside))).toMatchObject({
      ok: false,
      error: { code: 'document_newer' },
    })
  })
})

/** The names in the envelope: they are on disks and are never changed. */
const nameOf: Record<Name, string> = {
  'bin rows': 'bin-rows',
  exchange: 'exchange',
  'flow steps': 'flow',
  'failure of a flow': 'flow-failure',
  draft: 'draft',
  'draft secrets': 'draft-secrets',
  key: 'key',
  certificate: 'certificate',
  'sign-in secrets': 'sign-in',
  'device secrets': 'device-sign-in',
  settings: 'settings',
  metadata: 'metadata',
  'public keys': 'public-keys',
  network: 'network',
  'network secrets': 'network-secrets',
  'pinned token': 'pinned-token',
}

/** A sound text with one of its members changed to something else. */
function mangled(texts: string[]): fc.Arbitrary<string> {
  return fc.tuple(fc.constantFrom(...texts), fc.nat(), fc.jsonValue()).map(([text, at, other]) => {
    const paths: (() => void)[] = []
    const root: { value: unknown } = { value: JSON.parse(text) }
    const visit = (holder: Record<string, unknown>): void => {
      for (const [key, value] of Object.entries(holder)) {
        paths.push(() => (holder[key] = other))
        if (typeof value === 'object' && value !== null) visit(value as Record<string, unknown>)
      }
    }
    visit(root)
    paths[at % paths.length]?.()
    return JSON.stringify(root.value)
  })
}

describe('a kind that has changed twice', () => {
  interface Pet {
    name: string
    legs: number
  }
  const upcasts = [
    (content: unknown) => ({ ...(content as object), legs: 4 }),
    (content: unknown) => {
      const { title, ...rest } = content as { title: string }
      return { ...rest, name: title }
    },
  ]
  const pet = storedDocument<Pet>({
    name: 'pet',
    called: 'pet',
    upcasts,
    check: (content) =>
      typeof (content as Pet).name === 'string'
        ? { fits: true, value: content as Pet }
        : { fits: false, fault: 'no name' },
  })

  it('reads every version, and writes the last', () => {
    const cat = { name: 'cat', legs: 4 }
    expect(pet.read('{"title":"cat"}')).toEqual({ ok: true, value: cat })
    expect(pet.read('{"gatehouse":"pet","version":2,"content":{"title":"cat","legs":4}}')).toEqual({
      ok: true,
      value: cat,
    })
    expect(pet.write(cat)).toBe('{"gatehouse":"pet","version":3,"content":{"name":"cat","legs":4}}')
    expect(pet.read(pet.write(cat))).toEqual({ ok: true, value: cat })
    expect(pet.read('{"gatehouse":"pet","version":4,"content":{}}')).toMatchObject({
      error: { code: 'document_newer' },
    })
  })

  it('never throws, whatever a step is given', () => {
    fc.assert(fc.property(fc.json(), (text) => void pet.read(text)))
    expect(pet.read('null')).toMatchObject({ error: { code: 'document_unfit' } })
  })

  it('takes no envelope of another kind, and none that only looks like one', () => {
    for (const text of [
      '{"gatehouse":"flow","version":2,"content":{"title":"cat"}}',
      '{"gatehouse":"pet","version":1.5,"content":{"title":"cat"},"legs":1}',
    ])
      expect(pet.read(text)).toMatchObject({ error: { code: 'document_unfit' } })
  })
})

it('keeps all that a pending sign-in needs: a member that a schema does not know would be lost', () => {
  expectTypeOf<StoredSignInSecrets>().toEqualTypeOf<SignInSecrets>()
  expectTypeOf<StoredDeviceSecrets>().toEqualTypeOf<DeviceSecrets>()
  const acr = { wished: ['gold'], demanded: [] }
  const secrets = { state: 's', nonce: 'n', codeVerifier: 'v', redirectUri: 'r', scopeAsked: '', acr }
  expect(signInSecretsDocument.read(signInSecretsDocument.write(secrets))).toEqual({
    ok: true,
    value: secrets,
  })
})
