import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CompactEncrypt } from 'jose'
import { readGivenKey } from '../../../../../src/core/jwt/keys/given-key.ts'
import { readPem } from '../../../../../src/node/crypto/read-pem.ts'
import { writePem } from '../../../../../src/node/crypto/write-pem.ts'
import { inspectToken } from '../../../../../src/core/jwt/explain/inspect-token.ts'
import { code, prose } from '../../../../../src/core/jwt/share/markdown.ts'
import { shareToken } from '../../../../../src/core/jwt/share/share-token.ts'

const now = Date.UTC(2026, 10, 23, 12)
const seconds = now / 1000
const part = (json: string): string => Buffer.from(json).toString('base64url')
const shared = async (claims: string, header = '{"alg":"RS256","kid":"one"}', signature = 'c2lnbmF0dXJl') =>
  shareToken(await inspectToken(`${part(header)}.${part(claims)}.${signature}`, { now }), {
    now,
    disclosures: 0,
  })

describe('a token that is shared', () => {
  it('says what it is, its checks, header, claims and life', async () => {
    const { markdown } = await shared(
      `{"iss":"https://id.example","aud":"api","n":9007199254740993,"iat":${seconds - 60},"exp":${seconds + 240},"amr":["pwd","otp"]}`,
      '{"alg":"RS256","typ":"at+jwt","kid":"one"}',
    )
    expect(markdown).toMatch(/^# Access token \(RFC 9068\)\n/)
    expect(markdown).toContain('**Failed checks.** Required claims: Missing: sub, client\\_id, jti.')
    expect(markdown).toContain('- issued 2026-11-23T11:59:00Z')
    expect(markdown).toContain('- expires 2026-11-23T12:04:00Z, valid for 5 minutes')
    expect(markdown).toContain('| Signature | not checked |')
    expect(markdown).toContain('| `kid` | `one` |')
    expect(markdown).toContain('| `n` | `9007199254740993` |')
    expect(markdown).toContain('| `amr` | `pwd, otp` |')
    expect(markdown).toContain(`| \`exp\` | \`${seconds + 240} (2026-11-23T12:04:00Z)\` |`)
    expect(markdown).toMatch(/Left out: the text of the token, its signature\. /)
  })

  it('leaves out its text, signature and who someone is, wherever that is', async () => {
    const claims = {
      sub: 'user-4711-abc',
      email: 'alice@example.org',
      'https://api.example/phone_number': '+49 30 123456',
      'cognito:username': 'alice-in-chains',
      address: { street_address: 'Lindenallee 5', country: 'Germany' },
      act: { sub: 'helper-0815', iss: 'https://other.example' },
      vc: { credentialSubject: { degree: 'Doctor of Chemistry' } },
    }
    const { markdown, leftOut } = await shared(JSON.stringify(claims))
    for (const said of ['4711', 'alice', '123456', 'Lindenallee', 'Germany', 'helper', 'Chemistry', 'c2lnbm'])
      expect(markdown).not.toContain(said)
    expect(markdown).not.toContain(part(JSON.stringify(claims)))
    expect(markdown).toContain('other.example')
    expect(leftOut.slice(2)).toEqual([
      'sub',
      'email',
      'https://api.example/phone_number',
      'cognito:username',
      'address',
      'act.sub',
      'vc.credentialSubject',
    ])
  })

  it('leaves out a JSON claim that is too long to be read, and values under other names', async () => {
    const long = { portrait: 'A'.repeat(20_000), given: 'Alice' }
    const { markdown, leftOut } = await shared(
      JSON.stringify({ vc: long, email: 'alice@example.org', also: 'see alice@example.org' }),
    )
    expect(markdown).not.toMatch(/alice/i)
    expect(leftOut.slice(2)).toEqual(['vc', 'email'])
  })

  it('leaves out what is inside an encrypted text that is no token', async () => {
    const key = new Uint8Array(32).fill(7)
    const text = await new CompactEncrypt(new TextEncoder().encode('PIN 4711'))
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .encrypt(key)
    const given = readGivenKey({ text: Buffer.from(key).toString('hex'), encoding: 'hex' }, readPem)
    if (!given.ok) throw new Error(given.error.code)
    const view = await inspectToken(text, { now, key: { given: given.value, text: '', writePem } })
    expect(JSON.stringify(view)).toContain('PIN 4711')
    expect(shareToken(view, { now, disclosures: 0 }).markdown).not.toContain('4711')
  })

  it('leaves out secrets by name and look, and private keys', async () => {
    const inner = `${part('{"alg":"HS256"}')}.${part('{"user_id":1}')}.c2ln`
    const { markdown, leftOut } = await shared(
      JSON.stringify({
        client_secret: 'hunter2-hunter2',
        note: `use ${inner}`,
        list: ['ghp_abcdefghijklmnop1234'],
        in: { password: 12345678 },
      }),
      JSON.stringify({ alg: 'ES256', jwk: { kty: 'EC', crv: 'P-256', x: 'xx', y: 'yy', d: 'private-half' } }),
    )
    for (const said of ['hunter2', inner, 'ghp_abc', '12345678', 'private-half'])
      expect(markdown).not.toContain(said)
    expect(leftOut.slice(2)).toEqual(['jwk', 'client_secret', 'note', 'list', 'in.password'])
  })

  it('leaves out what the checks quote of it, also where it is short', async () => {
    const view = await inspectToken(
      `${part('{"alg":"RS256"}')}.${part('{"sub":"eve","email":"carol@example.org"}')}.c2ln`,
      { now },
    )
    const detail = 'For “eve” (carol@example.org), who is not steve.'
    view.checks.push({ id: 'subject', label: 'Subject', state: 'invalid', detail })
    const { markdown, leftOut } = shareToken(view, { now, disclosures: 2 })
    expect(markdown).toContain('| Subject | **invalid** | For “•••” (•••), who is not steve. |')
    expect(leftOut.at(-1)).toBe('2 disclosures')
  })

  it('is whole of a broken, an encrypted and an opaque token too', async () => {
    const of = async (text: string) =>
      shareToken(await inspectToken(text, { now }), { now, disclosures: 0 }).markdown
    const broken = await of(
      `${part('{"alg":"HS256"}')}.${part('{"email":"a@example.org","role":"x"}')}.c2ln=`,
    )
    expect(broken).toMatch(/# Not a valid token[^]*Padding[^]*`role`/)
    expect(broken).not.toContain('a@example.org')
    expect(await of(`${part('{"alg":"dir","enc":"A256GCM"}')}..aaaa.aaaa.aaaa`)).toContain('`A256GCM`')
    expect(await of('ghp_abcdefghijklmnopqrstuvwxyz0123456789')).not.toContain('abcdefgh')
  })

  it('never holds a personal value, whatever it is', async () => {
    const text = fc
      .string({ minLength: 6, unit: 'binary' })
      .filter((value) => /^[a-z\d]{6,}$/i.test(value) || value.trim().length > 8)
    await fc.assert(
      fc.asyncProperty(text, async (value) => {
        const { markdown } = await shared(JSON.stringify({ email: value, x: { name: value } }))
        expect(markdown.includes(value)).toBe(false)
      }),
      { numRuns: 40 },
    )
  })
})

describe('text in Markdown', () => {
  it('makes no link, picture, table, mention or markup', () => {
    expect(prose('![x](http://t.example/p.png) | <img> @me **b** `c`\n# d')).toBe(
      '\\!\\[x\\](http://t.example/p.png) \\| &lt;img\\> &#64;me \\*\\*b\\*\\* \\`c\\` \\# d',
    )
    expect(code('a``b`|c\nd')).toBe('```a``b`\\|c d```')
    expect(code('`a')).toBe('`` `a ``')
    expect(code(' ')).toBe('')
    expect(code('x'.repeat(1_100))).toMatch(/^`x{1000}… \(100 more characters\)`$/)
  })
})
