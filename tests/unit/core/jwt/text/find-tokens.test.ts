import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ways } from './odd-pastes.ts'
import { findTokens } from '../../../../../src/core/jwt/text/find-tokens.ts'

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const one = `${part({ alg: 'RS256', kid: '1' })}.${part({ sub: 'alice', exp: 4_000_000_000 })}.${'c2ln'.repeat(20)}`
const two = `${part({ alg: 'RS256', kid: '2' })}.${part({ sub: 'bob' })}.${'c2lH'.repeat(20)}`
const jwe = `${part({ alg: 'RSA-OAEP', enc: 'A256GCM' })}.a2V5.aXY.Y2lwaGVy.dGFn`
const kb = `${part({ alg: 'ES256', typ: 'kb+jwt' })}.${part({ nonce: 'n' })}.c2ln`
const [head = '', payload = '', signature = ''] = one.split('.')
const wrapped = one.match(/.{1,40}/g) ?? []

describe('one token, pasted in many ways', () => {
  it.each(ways.all)('%s', (_how, text) => {
    expect(findTokens(text).map((each) => each.text)).toEqual([ways.one])
  })

  it.each([
    ['alone', one],
    ['with blanks around it', `  ${one}\n\n`],
    ['with a tab and a carriage return', `\t${one}\r\n`],
    ['after Bearer', `Bearer ${one}`],
    ['after bearer in small letters', `bearer ${one}`],
    ['after DPoP', `DPoP ${one}`],
    ['as a header', `Authorization: Bearer ${one}`],
    ['as a header in small letters', `authorization:Bearer ${one}`],
    ['in double quotation marks', `"${one}"`],
    ['in single ones with a comma', `'${one}',`],
    ['in backticks', `\`${one}\``],
    ['with its parameter name', `access_token=${one}`],
    ['in a form', `grant_type=x&subject_token=${one}&y=z`],
    ['in the query of a URL', `https://app.example/cb?id_token=${one}&state=s`],
    ['in the fragment of a URL', `https://app.example/cb#access_token=${one}&token_type=Bearer`],
    ['in a curl command', `curl -H 'Authorization: Bearer ${one}' https://api.example/orders`],
    ['in a curl command of two lines', `curl https://api.example \\\n  -H "Authorization: Bearer ${one}"`],
    ['in an HTTP request', `GET / HTTP/1.1\r\nHost: a.example\r\nAuthorization: Bearer ${one}\r\n\r\n`],
    ['in a cookie', `Cookie: theme=dark; session=${one}; other=1`],
    ['in JSON', JSON.stringify({ access_token: one, token_type: 'Bearer' })],
    ['in JSON that was cut off', `{"access_token":"${one}","expires_in":3`],
    ['in YAML', `token: ${one}\nother: 1`],
    ['in a variable of a shell', `export TOKEN=${one}`],
    ['in a string of a program', `const token = "${one}";`],
    ['in a log line', `2026-11-26 12:00:00 INFO token=${one} user=alice`],
    ['with line breaks in it', wrapped.join('\n')],
    ['with CR LF in it', wrapped.join('\r\n')],
    ['with blanks in it', wrapped.join(' ')],
    [
      'quoted as in a mail',
      wrapped
        .map((line) => `> ${line}`)
        .join('\n')
        .replace(/^> /, ''),
    ],
    ['as a string over several lines', wrapped.map((line) => `"${line}"`).join(' +\n')],
    ['with escaped line breaks', wrapped.join('\\n')],
    ['with a byte order mark', `\uFEFF${one}`],
    ['in angle brackets', `<${one}>`],
    ['in parentheses', `(${one})`],
    ['in Markdown', `**Token:** \`${one}\` (expired)`],
    ['in a log line that ends with a full stop', `The token was ${one}.`],
    ['percent-encoded with its scheme', `Bearer%20${one}`],
    ['with its dots percent-encoded', one.replaceAll('.', '%2E')],
    [
      'in a URL inside a URL',
      `https://a.example/?next=${encodeURIComponent(`https://b.example/#id_token=${one}`)}`,
    ],
    ['in JSON that is a string in JSON', JSON.stringify({ body: JSON.stringify({ access_token: one }) })],
    ['in HTML', `<input type="hidden" name="id_token" value="${one}"/>`],
    ['in HTML that was escaped', `{&quot;token&quot;:&quot;${one}&quot;}`],
    ['with marks of HTML in it', `<b>${head}</b>.<i>${payload}</i>.${signature}`],
    ['as base64, as in a Kubernetes secret', `data:\n  token: ${btoa(one)}\n`],
    ['as the password of Basic credentials', `Authorization: Basic ${btoa(`oauth2:${one}`)}`],
    ['in hexadecimal digits', Buffer.from(one).toString('hex')],
    ['quoted-printable', wrapped.join('=\r\n')],
    ['in PowerShell', `$headers = @{ Authorization = "Bearer ${one}" }`],
    ['in a .env file', `API_TOKEN='${one}'`],
    ['in TOML', `[auth]\ntoken = "${one}"`],
    ['in XML', `<token>${one}</token>`],
    ['in CSV', `alice,${one},2026`],
    ['as a WebSocket protocol', `Sec-WebSocket-Protocol: access_token, ${one}`],
    ['in Set-Cookie', `Set-Cookie: id=${one}; HttpOnly; Secure`],
    ['as what HTTPie is given', `http GET :3000 "Authorization: Bearer ${one}"`],
    ['flattened', JSON.stringify({ protected: head, payload, signature })],
    ['general with one signature', JSON.stringify({ payload, signatures: [{ protected: head, signature }] })],
  ])('%s', (_name, text) => {
    expect(findTokens(text).map((token) => token.text)).toEqual([one])
  })
})

it('finds a token that is inside another one', () => {
  const outer = `${part({ alg: 'RS256', cty: 'JWT' })}.${Buffer.from(one).toString('base64url')}.c2ln`
  expect(findTokens(outer).map(({ text, label }) => [label, text])).toEqual([
    ['', outer],
    ['inside the first', one],
  ])
})

it('reads a token that lost a part as far as it goes, wherever it is', () => {
  expect(findTokens(`curl -H 'Authorization: Bearer ${head}.${payload}' https://a.example`)).toMatchObject([
    { text: `${head}.${payload}` },
  ])
})

it('finds several and names them', () => {
  const response = JSON.stringify({ access_token: one, id_token: two, expires_in: 300 }, null, 2)
  expect(findTokens(response).map(({ text, label }) => [label, text])).toEqual([
    ['access_token', one],
    ['id_token', two],
  ])
})

it('takes each signature of a general serialization', () => {
  const [other = '', , sign = ''] = two.split('.')
  const general = {
    payload,
    signatures: [
      { protected: head, signature },
      { protected: other, signature: sign, header: { kid: 'x' } },
    ],
  }
  const tokens = findTokens(JSON.stringify(general))
  expect(tokens.map(({ label }) => label)).toEqual(['signature 1 of 2', 'signature 2 of 2'])
  expect(tokens[1]?.notes).toEqual(['It has header, which no signature or compact form covers.'])
})

it('puts an encrypted serialization into compact form', () => {
  const [head = '', key = '', iv = '', ciphertext = '', tag = ''] = jwe.split('.')
  const flattened = { protected: head, encrypted_key: key, iv, ciphertext, tag }
  expect(findTokens(JSON.stringify(flattened))[0]?.text).toBe(jwe)
  expect(findTokens(jwe)[0]?.text).toBe(jwe)
})

it('takes an SD-JWT apart', () => {
  const [first, second] = findTokens(`${one}~WyJhIl0~WyJiIl0~${kb}`)
  expect(first).toMatchObject({ text: one, disclosures: ['WyJhIl0', 'WyJiIl0'] })
  expect(first?.notes).toEqual(['An SD-JWT with 2 disclosures and a key binding.'])
  expect(second).toMatchObject({ text: kb, label: 'key binding' })
  expect(findTokens(`${one}~WyJhIl0~`)[0]?.notes).toEqual([
    'An SD-JWT with 1 disclosure, without a key binding.',
  ])
})

it('leaves what holds no token as it is, for its defects to be named', () => {
  for (const text of ['', 'hello', 'gho_16C7e42F292c6912E7710c838347Ae178B4a', '{"a":1}', `${one}=`, 'a.b.c'])
    expect(findTokens(text)).toMatchObject([{ text, label: '' }])
})

it('never throws, and finds a token wherever it is between blanks', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (before, after) => {
      const texts = findTokens(`${before} ${one} ${after}`).map((token) => token.text)
      expect(texts.length).toBeGreaterThan(0)
    }),
  )
  fc.assert(
    fc.property(fc.lorem(), fc.lorem(), (before, after) => {
      expect(findTokens(`${before} ${one} ${after}`).map((token) => token.text)).toContain(one)
    }),
  )
})

it.each(['ey', 'eyJ', 'eyJhbGciOi.', 'e.', '~', 'ey.ey~', 'bearer ', '"', '{"a":', ' \n'])(
  'takes a megabyte of %j in its stride',
  (shape) => {
    const text = shape.repeat(Math.ceil(1_048_576 / shape.length)).slice(0, 1_048_576)
    const took = Math.min(
      ...[1, 2, 3].map(() => {
        const began = performance.now()
        findTokens(text)
        return performance.now() - began
      }),
    )
    expect(took).toBeLessThan(1_500)
  },
)
