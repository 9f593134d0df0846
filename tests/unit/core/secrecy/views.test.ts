import { describe, expect, it } from 'vitest'
import { createScrubber } from '../../../../src/core/secrecy/scrub.ts'
import { viewsOf } from '../../../../src/core/secrecy/views.ts'

/** What is left of a text in which a secret is spelled so. */
const covered = (secret: string, spelled: string) =>
  createScrubber([secret]).text(`before ${spelled} behind`) === 'before ••• behind'

const named: [string, string][] = [
  ['amp AMP', '&'],
  ['apos', "'"],
  ['ast', '*'],
  ['bsol', '\\'],
  ['colon', ':'],
  ['comma', ','],
  ['commat', '@'],
  ['dollar', '$'],
  ['equals', '='],
  ['excl', '!'],
  ['grave', '`'],
  ['gt GT', '>'],
  ['Hat', '^'],
  ['lbrace lcub', '{'],
  ['lbrack lsqb', '['],
  ['lowbar', '_'],
  ['lpar', '('],
  ['lt LT', '<'],
  ['nbsp', '\u00a0'],
  ['num', '#'],
  ['percnt', '%'],
  ['period', '.'],
  ['plus', '+'],
  ['quest', '?'],
  ['quot QUOT', '"'],
  ['rbrace rcub', '}'],
  ['rbrack rsqb', ']'],
  ['rpar', ')'],
  ['semi', ';'],
  ['sol', '/'],
  ['verbar vert', '|'],
]

describe('a secret in HTML', () => {
  it.each(named.flatMap(([names, character]) => names.split(' ').map((name) => [name, character] as const)))(
    'is found behind &%s; for %s',
    (name, character) => {
      expect(covered(`ab${character}cdefg`, `ab&${name};cdefg`)).toBe(true)
      expect(covered(`ab${character}cdefg`, `ab&${name}x;cdefg`)).toBe(false)
      expect(covered(`ab${character}cdefg`, `ab&${name} cdefg`)).toBe(false)
    },
  )

  it.each([
    ['&#97;bcdefgh', true],
    ['&#x61;bcdefgh', true],
    ['&#X0061;bcdefgh', true],
    ['&#0000097;bcdefgh', true],
    ['&#00000097;bcdefgh', false],
    ['&#x0000061;bcdefgh', false],
    ['&#97bcdefgh', false],
    ['&97;bcdefgh', false],
    ['&#a97;bcdefgh', false],
    ['&#97a;bcdefgh', false],
  ])('is found by number: %s', (spelled, expected) => expect(covered('abcdefgh', spelled)).toBe(expected))

  it('stands a number that is no character', () => {
    expect(covered('abcdefgh', '&#x110000;abcdefgh')).toBe(false)
    expect(createScrubber(['abcdefgh']).text('&#x110000; abcdefgh')).toBe('&#x110000; •••')
    expect(createScrubber(['abcdefgh']).text('&#9999999;abcdefgh')).toBe('&#9999999;•••')
    expect(covered('\u{10ffff}-abcdef', '&#1114111;-abcdef')).toBe(true)
  })
})

describe('a secret in JSON', () => {
  it.each([
    ['a"bcdefg', 'a\\"bcdefg'],
    ['a\\bcdefg', 'a\\\\bcdefg'],
    ['a/bcdefg', 'a\\/bcdefg'],
    ["a'bcdefg", "a\\'bcdefg"],
    ['a\bbcdefg', 'a\\bbcdefg'],
    ['a\fbcdefg', 'a\\fbcdefg'],
    ['a\nbcdefg', 'a\\nbcdefg'],
    ['a\rbcdefg', 'a\\rbcdefg'],
    ['a\tbcdefg', 'a\\tbcdefg'],
    ['abcdefgh', '\\u0061bcdefgh'],
    ['abcdefgh', '\\x61bcdefgh'],
    ['kbcdefgh', '\\u006bbcdefgh'],
    ['kbcdefgh', '\\u006Bbcdefgh'],
    ['é-abcdef', '\\u00e9-abcdef'],
    ['€-abcdef', '\\u20ac-abcdef'],
    ['\u{1f512}-abcdef', '\\ud83d\\udd12-abcdef'],
    ['\u{10ffff}-abcdef', '\\udbff\\udfff-abcdef'],
    ['\u{10000}-abcdef', '\\ud800\\udc00-abcdef'],
    ['\u{10fc00}-abcdef', '\\udbff\\udc00-abcdef'],
    ['\u007f-abcdef', '\\u007f-abcdef'],
    ['\u0080-abcdef', '\\u0080-abcdef'],
    ['\u07ff-abcdef', '\\u07ff-abcdef'],
    ['\u0800-abcdef', '\\u0800-abcdef'],
    ['\uffff-abcdef', '\\uffff-abcdef'],
  ])('%j is found as %s', (secret, spelled) => expect(covered(secret, spelled)).toBe(true))

  it.each([
    ['bcdefgha', 'bcdefgh\\u0061'],
    ['bcdefgh\uffff', 'bcdefgh\\uffff'],
  ])('loses no character to half of another behind it: %j', (secret, spelled) => {
    expect(createScrubber([secret]).text(`${spelled}\\udc00`)).toBe('•••\\udc00')
  })

  it.each(['\\u006', '\\x6', '\\q', '\\u00g1', '\\xg1', '\\ud83d\\u0061', '\\ud83dxudd12', '\\'])(
    'is not missed behind what is no escape: %s',
    (odd) => {
      expect(createScrubber(['ab"cdefg']).text(`${odd} ab\\"cdefg`)).toBe(`${odd} •••`)
    },
  )
})

describe('a secret in a URL or a form', () => {
  it.each([
    ['a b&cdef', 'a%20b%26cdef', true],
    ['a b&cdef', 'a+b%26cdef', true],
    ['é b&cdef', '%C3%A9+b%26cdef', true],
    ['/abcdef', '%25252Fabcdef', false],
    ['a b&cdef', 'a%20b%26cdeg', false],
    ['éabcdef', '%C3%A9abcdef', true],
    ['éabcdef', '%c3%a9abcdef', true],
    ['~abcdef', '%7Eabcdef', true],
    ['/abcdef', '%2fabcdef', true],
    ['/abcdef', '%252Fabcdef', true],
    ['a"bcdefg', 'a%5C%22bcdefg', true],
    ['a"bcdefg', 'a\\u0026quot;bcdefg', true],
    ['a+bcdefg', 'a+bcdefg', true],
    ['/abcdef', '%2', false],
    ['/abcdef', '%2gabcdef', false],
    ['/abcdef', '%/2fabcdef', false],
    ['/abcdef', '%:2abcdef', false],
    [')abcdef', '%2`abcdef', false],
    ['/abcdef', '%2@abcdef', false],
  ])('%j as %s', (secret, spelled, expected) => expect(covered(secret, spelled)).toBe(expected))

  it('is covered exactly, whatever is encoded around it', () => {
    const { text } = createScrubber(['ab/cdefg'])
    expect(text('%20%20ab%2Fcdefg%20%2F&amp;ab&sol;cdefg&amp;')).toBe('%20%20•••%20%2F&amp;•••&amp;')
    expect(text('%2520ab%252Fcdefg%2520')).toBe('%2520•••%2520')
    expect(text('ab%2Fcdefg')).toBe('•••')
  })
})

/** What a text reads as beside itself, and where each of its bytes was. */
const read = (text: string, withSpaces = false) =>
  viewsOf(new TextEncoder().encode(text), withSpaces)
    .slice(1)
    .map(({ bytes, origin }) => [Buffer.from(bytes).toString(), Array.from(origin ?? []).join(' ')])

describe('a text as it reads', () => {
  it.each<[string, ...[string, string][]]>([
    ['plain'],
    ['%zz%4\\q\\xg1\\x\\u00g1\\u004\\&zz;&amp&&#x110000;&##97;'],
    ['%41b', ['Ab', '0 3 4']],
    ['x41%41', ['x41A', '0 1 2 3 6']],
    ['%zz%41', ['%zzA', '0 1 2 3 6']],
    ['%00', ['\0', '0 3']],
    ['%2541', ['%41', '0 3 4 5'], ['A', '0 5']],
    ['\\n', ['\n', '0 2']],
    ['\\\\', ['\\', '0 2']],
    ['\\xg1\\x41\\x00', ['\\xg1A\0', '0 1 2 3 4 8 12']],
    ['\\u00g1\\u0041\\u0000', ['\\u00g1A\0', '0 1 2 3 4 5 6 12 18']],
    ['\\ud83d\\udd12', ['\u{1f512}', '0 0 0 0 12']],
    ['&zz;&#65;', ['&zz;A', '0 1 2 3 4 9']],
    ['&amp'],
    ['&##97;&#x41;', ['&##97;A', '0 1 2 3 4 5 6 12']],
  ])('%s', (text, ...views) => expect(read(text)).toEqual(views))

  it('has spaces for plus signs only where they are wanted', () => {
    expect(read('a+b')).toEqual([])
    expect(read('a+b', true)).toEqual([['a b', '0 1 2 3']])
    expect(read('a b', true)).toEqual([])
  })

  // Halves of a character alone are three bytes each, whatever is beside them.
  it.each([
    '\\ud83d\\u0041',
    '\\ud83dxudd12',
    '\\ud83d\\qdd12',
    '\\ud83d\\ue000',
    '\\udc00\\udc00',
    '\\u0041\\udd12',
    '\\ud83d\\udbff',
  ])('%s is no pair', (text) => {
    const [, view] = viewsOf(new TextEncoder().encode(text), false)
    const expected = Buffer.concat(
      text.split(/(?=\\u)/).map((part) => {
        const unit = /^\\u([\da-f]{4})(.*)$/.exec(part)
        const point = Number.parseInt(unit?.[1] ?? '', 16)
        const own =
          point < 0x80 ? [point] : [0xe0 | (point >> 12), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63)]
        return Buffer.concat([Buffer.from(own), Buffer.from(unit?.[2] ?? '')])
      }),
    )
    expect(Buffer.from(view?.bytes ?? []).toString('hex')).toBe(expected.toString('hex'))
  })
})

it('is covered whole where it is the end of a text', () => {
  expect(createScrubber(['a"bcdefg']).text('a\\"bcdefg')).toBe('•••')
  expect(createScrubber(['a bcdefg']).text('a+bcdefg')).toBe('•••')
})
