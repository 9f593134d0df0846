import { describe, expect, it } from 'vitest'
import { coverSpans, createScrubber } from '../../../../src/core/secrecy/scrub.ts'
import { spellingsOf } from '../../../../src/core/secrecy/spellings.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

describe('a short secret', () => {
  const { text } = createScrubber(['open', 'five5', 'sixsix'])
  it.each(Array.from('"\'`=&;,/?#:<>[](){}| \t\r\n\\'))('is a whole value between two of %j', (edge) => {
    expect(text(`${edge}open${edge}`)).toBe(`${edge}•••${edge}`)
    expect(text(`${edge}openx`)).toBe(`${edge}openx`)
    expect(text(`xopen${edge}`)).toBe(`xopen${edge}`)
  })
  it.each(Array.from('x9_-.~+*!$@^é'))('is none beside %j', (unit) => {
    expect(text(`"${unit}open"`)).toBe(`"${unit}open"`)
    expect(text(`"open${unit}"`)).toBe(`"open${unit}"`)
  })
  it('has four or five characters, and is sought in no other spelling', () => {
    expect(text('open')).toBe('•••')
    expect(text('xfive5x "five5" xsixsixx')).toBe('xfive5x "•••" x•••x')
    expect(text(`"${btoa('five5')}" ${btoa('sixsix')}`)).toBe(`"${btoa('five5')}" •••`)
    expect(createScrubber(['abc']).text('"abc"')).toBe('"abc"')
  })
})

describe('a long or the many-th secret', () => {
  it('is sought as it is from a certain size on', () => {
    for (const [size, covered] of [
      [16_384, true],
      [16_385, false],
    ] as const) {
      const secret = 'ab'.repeat(size).slice(0, size)
      const { text } = createScrubber([secret])
      expect(text(secret)).toBe('•••')
      expect(text(btoa(secret)).includes('•••')).toBe(covered)
    }
  })

  it('is covered whole beside another that begins with the same forty thousand characters', () => {
    const alike = 'ab'.repeat(20_000)
    for (const [one, other] of [
      [`${alike}-one`, `${alike}-two`],
      [alike, `${alike}-longer`],
    ] as const)
      expect(createScrubber([one, other]).text(`"${other}"`)).toBe('"•••"')
  })

  it('is still covered where all spellings together are too many', () => {
    const secrets = Array.from({ length: 9 }, (_, at) => `${at}`.padStart(2, '0') + `${'x'.repeat(200)}${at}`)
    const { text } = createScrubber(secrets, 10_000)
    const [first = '', last = ''] = [secrets[0], secrets.at(-1)]
    expect(text(`${first} ${last}`)).toBe('••• •••')
    expect(text(btoa(first))).not.toContain(btoa(first).slice(40, 80))
    expect(text(btoa(last))).toBe(btoa(last))

    // Secrets are spelled until there are more bytes than that.
    const all = new Set(spellingsOf(first).map((bytes) => Buffer.from(bytes).toString('latin1')))
    const size = [...all].join('').length
    for (const [most, covered] of [
      [size, true],
      [size - 1, false],
    ] as const)
      expect(createScrubber([first, last], most).text(btoa(last)).includes('•••')).toBe(covered)
  })
})

describe('what is shown in the place of a secret', () => {
  it('is the name of the longer of two', () => {
    const longer = { value: 'secret-one-and-more', shownAs: '{{long}}' }
    const shorter = { value: 'secret-one', shownAs: '{{short}}' }
    for (const secrets of [
      [longer, shorter],
      [shorter, longer],
    ]) {
      const { text } = createScrubber(secrets)
      expect(text('secret-one-and-more, secret-one')).toBe('{{long}}, {{short}}')
    }
    expect(
      createScrubber([
        { value: 'abcdefgh', shownAs: '1' },
        { value: 'cdefghijkl', shownAs: '2' },
      ]).text('abcdefghijkl'),
    ).toBe('2')
    expect(
      createScrubber([
        { value: 'abcdefghij', shownAs: '1' },
        { value: 'ghijkl', shownAs: '2' },
      ]).text('abcdefghijkl'),
    ).toBe('1')
  })

  it('is the name of the one that has one, where two are the same text', () => {
    const named = { value: 'o dd&secret', shownAs: '{{key}}' }
    for (const secrets of [
      [named, 'o+dd%26secret'],
      ['o+dd%26secret', named],
    ])
      expect(createScrubber(secrets).text('o+dd%26secret')).toBe('{{key}}')
  })

  it('is nothing where there is no secret, and half a character stays one', () => {
    expect(createScrubber(['secret-1']).text('words \ud83d')).toBe('words \ud83d')
  })

  it('is the name of a shorter one no longer within one that has none', () => {
    const named = { value: 'secret-one', shownAs: '{{short}}' }
    for (const secrets of [
      [named, 'secret-one-and-more'],
      ['secret-one-and-more', named],
    ])
      expect(createScrubber(secrets).text('secret-one-and-more')).toBe('•••')
  })

  it('is the first of two names for the same', () => {
    const { text } = createScrubber([
      { value: 'abcdefgh', shownAs: '{{one}}' },
      { value: 'abcdefgh', shownAs: '{{two}}' },
    ])
    expect(text('abcdefgh')).toBe('{{one}}')
  })

  it('is one mark where a secret holds two others, and in whatever order places are found', () => {
    expect(createScrubber(['abcdef', 'ghijkl', 'abcdefghijklm']).text('abcdefghijklm')).toBe('•••')
    expect(createScrubber(['x+abc+def+y', 'abc def']).text('x+abc+def+y')).toBe('•••')
    expect(createScrubber(['ab/cdefg']).text('ab&sol;cdefg ab%2Fcdefg ab/cdefg')).toBe('••• ••• •••')
  })

  it('is the same for a secret with spaces beside one without, and no space is seen where none is', () => {
    expect(createScrubber(['a bcdefg', 'nospace1']).text('a+bcdefg nospace1')).toBe('••• •••')
    expect(createScrubber(['open']).text('+open+')).toBe('+open+')
  })

  it('is text as it was between them', () => {
    const { text } = createScrubber(['secret-1'])
    expect(text('\ufeffé secret-1 ü secret-1secret-1 €')).toBe('\ufeffé ••• ü •••••• €')
    expect(text('')).toBe('')
  })
})

describe('plain data', () => {
  it('is covered below its sixty-fourth level', () => {
    const { data } = createScrubber(['secret-1'])
    const nested = (levels: number): unknown => (levels === 0 ? 'x' : [nested(levels - 1)])
    expect(data(nested(65))).toEqual(nested(65))
    expect(JSON.stringify(data(nested(66)))).toContain('•••')
    const objects = (levels: number): unknown => (levels === 0 ? 'x' : { a: objects(levels - 1) })
    expect(data(objects(65))).toEqual(objects(65))
    expect(JSON.stringify(data(objects(66)))).toContain('•••')
  })
  it('keeps what is no text, and the names of members', () => {
    const { data } = createScrubber(['secret-1'])
    expect(data({ 'secret-1': true, b: undefined, c: [1, null] })).toEqual({
      'secret-1': true,
      b: undefined,
      c: [1, null],
    })
  })
})

describe('without secrets', () => {
  it('everything comes out as it is', () => {
    const scrub = createScrubber([])
    const bytes = bytesOf('text')
    const value = { a: 'text' }
    expect(scrub.text('text')).toBe('text')
    expect(scrub.bytes(bytes)).toBe(bytes)
    expect(scrub.data(value)).toBe(value)
    const stream = scrub.stream()
    expect(stream.push(bytes)).toBe(bytes)
    expect(stream.end()).toEqual(new Uint8Array())
  })
})

describe('a stream', () => {
  it('gives out what is safe before its end', () => {
    const stream = createScrubber(['secret-1']).stream()
    const out = textOf(stream.push(bytesOf('secret-1 and words, '.repeat(1_000))))
    expect(out.length).toBeGreaterThan(15_000)
    expect(out).not.toContain('secret-1')
    expect((out + textOf(stream.end())).length).toBe(20_000)
  })
})

describe('covered bytes', () => {
  const covered = (text: string, value: string) => {
    const start = text.indexOf(value)
    return textOf(coverSpans(bytesOf(text), [{ start, end: start + value.length }]))
  }
  it.each([
    ['{"a":1234}', '1234', '{"a":"**"}'],
    ['{"a": 1234, "b":1}', '1234', '{"a": "**", "b":1}'],
    ['[1234]', '1234', '["**"]'],
    ['[5,1234\n]', '1234', '[5,"**"\n]'],
    ['[5,1234\t]', '1234', '[5,"**"\t]'],
    ['[5,1234\r]', '1234', '[5,"**"\r]'],
    ['[5,1234 ]', '1234', '[5,"**" ]'],
    ['[5,      1234]', '1234', '[5,      "**"]'],
    ['[5,        1234]', '1234', '[5,        ****]'],
    ['{"a":1234', '1234', '{"a":****'],
    ['{"a":1234.5}', '1234', '{"a":****.5}'],
    ['a=1234,', '1234', 'a=****,'],
    ['{"a":0909}', '0909', '{"a":"**"}'],
    ['{"a":12/4}', '12/4', '{"a":****}'],
    ['{"a":12:4}', '12:4', '{"a":****}'],
    ['[12]', '12', '[""]'],
    ['[1]', '1', '[*]'],
  ])('%j without %s', (text, value, left) => expect(covered(text, value)).toBe(left))
  it('are the same where nothing is to be covered', () => {
    const bytes = bytesOf('text')
    expect(coverSpans(bytes, [])).toBe(bytes)
    expect(coverSpans(bytes, [{ start: 0, end: 1 }])).not.toBe(bytes)
    expect(textOf(bytes)).toBe('text')
  })
})

describe('the spellings of a secret', () => {
  const spellings = (secret: string) =>
    spellingsOf(secret).map((bytes) => Buffer.from(bytes).toString('latin1'))
  it('are its bytes, Latin-1, UTF-16, hex and base64', () => {
    for (const secret of ['aé>?ÿ-secret', 'plain-secret']) {
      const bytes = Buffer.from(secret)
      const all = spellings(secret)
      expect(all).toContain(bytes.toString('latin1'))
      expect(all).toContain(bytes.toString('hex'))
      expect(all).toContain(bytes.toString('hex').toUpperCase())
      expect(all).toContain(bytes.toString('base64'))
      expect(all).toContain(bytes.toString('base64url'))
      expect(all).toContain(Buffer.from(secret, 'utf16le').toString('latin1'))
      expect(all).toContain(Buffer.from(secret, 'utf16le').swap16().toString('latin1'))
      expect(all.includes(secret)).toBe(true)
      for (const shift of [1, 2]) {
        const longer = Buffer.concat([Buffer.alloc(shift, 'x'), bytes, Buffer.from('yyyy')]).toString(
          'base64',
        )
        expect(
          all.some((each) => each.length > 10 && longer.indexOf(each) > 0),
          `${shift}`,
        ).toBe(true)
      }
    }
  })
  it('are these and no others', () => {
    expect(spellings('a\tbc€')).toEqual([
      'a\tbc\xe2\x82\xac',
      'a\0\t\0b\0c\0\xac\x20',
      '\0a\0\t\0b\0c\x20\xac',
      '61096263e282ac',
      '61096263E282AC',
      'YQliY+KCr',
      'YQliY-KCr',
      'YQliY+KCrA==',
      'YQliY-KCrA==',
      'YQliY+KCrA',
      'YQliY-KCrA',
      'EJYmPigq',
      'hCWJj4oKs',
    ])
    expect(spellings('abcde')).toContain('YWJjZG')
  })
  it('have Latin-1 only where it is another, and fits', () => {
    expect(spellingsOf('é-secret')).toContainEqual(Uint8Array.from(Buffer.from('é-secret', 'latin1')))
    for (const secret of ['€-secret', 'Ā-secret'])
      expect(spellingsOf(secret).map(({ length }) => length)).not.toContain(8)
    expect(spellings('\x7f-secret').filter((each) => each === '\x7f-secret')).toHaveLength(1)
  })
  it('have no base64 so short that it is in any text', () => {
    expect(
      spellings('abc')
        .map(({ length }) => length)
        .sort((a, b) => a - b),
    ).toEqual([3, 6, 6, 6, 6])
    expect(
      Math.min(
        ...spellings('abcdef')
          .slice(5)
          .map(({ length }) => length),
      ),
    ).toBeGreaterThanOrEqual(6)
  })
})
