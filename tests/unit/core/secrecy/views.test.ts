import { describe, expect, it } from 'vitest'
import { createScrubber } from '../../../../src/core/secrecy/scrub.ts'

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
  ])('%j is found as %s', (secret, spelled) => expect(covered(secret, spelled)).toBe(true))

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
  ])('%j as %s', (secret, spelled, expected) => expect(covered(secret, spelled)).toBe(expected))

  it('is covered exactly, whatever is encoded around it', () => {
    const { text } = createScrubber(['ab/cdefg'])
    expect(text('%20%20ab%2Fcdefg%20%2F&amp;ab&sol;cdefg&amp;')).toBe('%20%20•••%20%2F&amp;•••&amp;')
    expect(text('%2520ab%252Fcdefg%2520')).toBe('%2520•••%2520')
    expect(text('ab%2Fcdefg')).toBe('•••')
  })
})
