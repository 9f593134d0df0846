import { describe, expect, it } from 'vitest'
import { findTokens } from '../../../../../src/core/jwt/text/find-tokens.ts'
import { encode } from '../sample.ts'

const part = (value: unknown) => encode(value)
const head = part({ alg: 'RS256' })
const signed = (name: string) => `${head}.${part({ sub: name })}.c2ln`
const one = signed('alice')
const two = signed('bob')
const plain = (text: string) => ({ text, label: '', notes: [], disclosures: [] })
const labelled = (text: string, label: string, ...notes: string[]) => ({ ...plain(text), label, notes })
const covered = (name: string) => `It has ${name}, which no signature or compact form covers.`
const takenOut = 'Line breaks, spaces or quotation marks inside it were removed.'

describe('the token itself', () => {
  it.each([one, `${head}.e30.`, `${head}..`, `${head}.a.b.c.d`, `${head}.....`.slice(0, -1), 'ew-_.-_.-_'])(
    'is answered as it is: %s',
    (text) => {
      expect(findTokens(` "${text}" `)).toEqual([plain(text)])
    },
  )

  it.each(['ex.a.b', 'ey.a.b', `${head}.a`, `${head}.a.b.c`, `x${one}`])('is not made out of %s', (text) => {
    expect(findTokens(text)).toEqual([plain(text)])
  })

  it.each([
    ['a line break', `${one.slice(0, 9)}\n${one.slice(9)}`],
    ['a tab', `${one.slice(0, 9)}\t${one.slice(9)}`],
    ['an escaped line break', `${one.slice(0, 9)}\\n${one.slice(9)}`],
    ['an escaped carriage return', `${one.slice(0, 9)}\\r\\n${one.slice(9)}`],
    ['lines of a program', `"${one.slice(0, 9)}" +\n  '${one.slice(9)}';`],
    ['lines of a shell', `'${one.slice(0, 9)}' \\\n \`${one.slice(9)}\``],
    ['a list of arguments', `(${one.slice(0, 9)},\n "${one.slice(9)}")`],
    ['lines of a mail', `${one.slice(0, 9)}\n> ${one.slice(9)}`],
    ['lines of a table', `${one.slice(0, 9)} |\n| ${one.slice(9)}`],
    ['the scheme before it', `'bearer  ${one.slice(0, 9)}\n${one.slice(9)}'`],
    ['blanks before it', `" ${one.slice(0, 9)} ${one.slice(9)}"`],
  ])('is put together over %s', (_what, text) => {
    expect(findTokens(text)).toEqual([labelled(one, '', takenOut)])
  })
})

it.each(['\n', ',', '; ', ' ', '\r\n\r\n'])('several tokens with %j between them are several', (between) => {
  expect(findTokens([one, two].join(between)).map(({ text }) => text)).toEqual([one, two])
})

describe('JSON serializations', () => {
  const find = (value: unknown) => findTokens(JSON.stringify(value))

  it('flattened', () => {
    const object = { payload: 'e30', protected: head, signature: 'c2ln' }
    expect(find(object)).toEqual([
      { ...labelled(`${head}.e30.c2ln`, 'JSON serialization'), serialized: JSON.stringify(object) },
    ])
    const more = { ...object, header: {}, unprotected: 1, aad: 'x', other: 1 }
    expect(find(more)).toMatchObject([
      {
        ...labelled(
          `${head}.e30.c2ln`,
          'JSON serialization',
          covered('header'),
          covered('unprotected'),
          covered('aad'),
        ),
        json: JSON.stringify(more),
      },
    ])
    expect(find({ protected: head, signature: 'c2ln' })).toMatchObject([{ text: `${head}..c2ln` }])
    expect(find({ header: { alg: 'ES256' }, payload: 'e30', signature: 'c2ln' })).toMatchObject([
      { text: '.e30.c2ln' },
    ])
    expect(findTokens(`\uFEFF ${JSON.stringify(object)}`)).toHaveLength(1)
  })

  it('general, with each sound signature named by its place', () => {
    const signatures = [
      { protected: head, signature: 'QQ' },
      null,
      { protected: head },
      { signature: 'Qg' },
      { protected: head, signature: 'Qw', aad: '' },
    ]
    expect(find({ payload: 'e30', signatures })).toMatchObject([
      labelled(`${head}.e30.QQ`, 'signature 1 of 4'),
      labelled(`${head}.e30.Qw`, 'signature 4 of 4', covered('aad')),
    ])
    expect(find({ payload: 'e30', signatures: signatures.slice(0, 1) })).toMatchObject([
      labelled(`${head}.e30.QQ`, 'JSON serialization'),
    ])
    const many = Array.from({ length: 21 }, (_, at) => ({ protected: head, signature: `s${at}` }))
    expect(find({ payload: 'e30', signatures: many }).map(({ label }) => label)).toEqual(
      Array.from({ length: 20 }, (_, at) => `signature ${at + 1} of 20`),
    )
  })

  it('encrypted, to one recipient or the first of several', () => {
    const shared = { protected: head, iv: 'aXY', ciphertext: 'Y2k', tag: 'dGFn' }
    const compact = (key: string) => `${head}.${key}.aXY.Y2k.dGFn`
    expect(find({ ...shared, encrypted_key: 'a2V5' })).toEqual([
      labelled(compact('a2V5'), 'JSON serialization'),
    ])
    const several = { ...shared, aad: 'x', recipients: [null, { encrypted_key: 'QQ', header: {} }, {}] }
    expect(find(several)).toEqual([
      {
        ...labelled(compact('QQ'), 'JSON serialization', covered('aad'), covered('header')),
        json: JSON.stringify(several),
      },
    ])
    expect(find({ ...shared, recipients: [] })[0]?.text).toBe(compact(''))
    expect(find({ ciphertext: 'Y2k' })[0]?.text).toBe('...Y2k.')
  })

  it.each([
    { payload: 'e30' },
    { payload: 'e30', signatures: [] },
    { payload: 7, protected: head, signature: 'c2ln' },
    { ciphertext: 7 },
    {},
  ])('and what is none: %j', (object) => {
    expect(find(object)).toEqual([plain(JSON.stringify(object))])
  })
})

describe('SD-JWTs', () => {
  const issued = (disclosures: string[], note: string) => ({
    ...labelled(one, 'issued by the issuer', note),
    disclosures,
  })

  it.each([
    ['~', [], 'An SD-JWT with 0 disclosures, without a key binding.'],
    ['~WyJh~', ['WyJh'], 'An SD-JWT with 1 disclosure, without a key binding.'],
    ['~WyJh~~WyJi', ['WyJh', 'WyJi'], 'An SD-JWT with 2 disclosures, without a key binding.'],
  ])('without a key binding: %s', (tail, disclosures, note) => {
    expect(findTokens(`${one}${tail}`)).toEqual([issued(disclosures, note)])
  })

  it('with one', () => {
    expect(findTokens(`${one}~WyJh~${two}`)).toEqual([
      {
        ...issued(['WyJh'], 'An SD-JWT with 1 disclosure and a key binding.'),
        shown: { binding: two, presented: `${one}~WyJh~` },
      },
      { ...labelled(two, 'key binding'), presented: `${one}~WyJh~` },
    ])
  })

  it('of a thousand disclosures and one, no more', () => {
    const [found] = findTokens(`${one}${'~WyJh'.repeat(1_500)}`)
    expect(found?.disclosures).toHaveLength(1_001)
  })

  it('in other text, under the name it has there', () => {
    expect(findTokens(`vp_token=${one}~WyJh~ and more`)).toEqual([
      {
        ...labelled(one, 'vp_token', 'An SD-JWT with 1 disclosure, without a key binding.'),
        disclosures: ['WyJh'],
      },
    ])
  })
})

describe('tokens in other text', () => {
  it.each([
    ['a=', 'a'],
    ['a.b-c_d: ', 'a.b-c_d'],
    ['"token" : "', 'token'],
    ["'token':'", 'token'],
    ['Authorization: Bearer ', 'Authorization'],
    ['authorization: DPoP  ', 'authorization'],
    [`${'n'.repeat(70)}=`, 'n'.repeat(60)],
    [`name${' '.repeat(90)}= `, ''],
    ['see ', ''],
    ['token ', ''],
    ['a=b ', ''],
    ['=', ''],
  ])('are named by what is before them: %j', (before, label) => {
    expect(findTokens(`: ${before}${one} .`)).toEqual([labelled(one, label)])
  })

  it.each(['=', '+', '/'])('are left out where %j follows, as a defect of theirs', (tail) => {
    expect(findTokens(`a: ${one}${tail} b: ${two} .`)).toEqual([labelled(two, 'b')])
    // Alone it is read with its defect.
    expect(findTokens(`a: ${one}${tail} .`)).toMatchObject([{ text: `${one}${tail}` }])
  })

  it.each(['x', '7', '_', '-', '.', '~'])('do not begin behind %j', (before) => {
    const text = `: ${before}${one} .`
    expect(findTokens(text)).toEqual([plain(text)])
  })

  it('are found at the very end, each once, up to twenty', () => {
    expect(findTokens(`a: ${one} b: ${two} c: ${one} d: ${two}`).map(({ label }) => label)).toEqual([
      'a',
      'b',
    ])
    const many = Array.from({ length: 25 }, (_, at) => signed(`${at}`))
    expect(findTokens(many.map((each) => `<${each}>`).join(' ')).map(({ text }) => text)).toEqual(
      many.slice(0, 20),
    )
  })

  it.each([`${head}.e30`, `${head}.e30.a.b`, 'eyJhbGci.e30.c2ln', 'eyJhbGc.e30.c2ln'])(
    'have three or five parts and a header: %s',
    (text) => {
      const isToken = text.startsWith('eyJhbGci.')
      const isBroken = text.startsWith(head)
      const [only] = findTokens(`<${text}>`)
      expect(only?.text).toBe(isToken || isBroken ? text : `<${text}>`)
      expect(only?.notes).toHaveLength(isBroken ? 1 : 0)
    },
  )
})

it('a text is unwrapped twice and no more', () => {
  const base64 = Buffer.from(`user:${one}`).toString('base64')
  const percent = (text: string) =>
    text.replaceAll(/./g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, '0')}`)
  const [found] = findTokens(percent(base64))
  expect([found?.text, found?.notes.length]).toEqual([one, 2])
  const thrice = percent(percent(base64))
  expect(findTokens(thrice)).toEqual([plain(thrice)])
})
