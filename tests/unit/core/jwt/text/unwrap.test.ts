import { describe, expect, it } from 'vitest'
import { unwrapped } from '../../../../../src/core/jwt/text/unwrap.ts'

const contents = (text: string) => unwrapped(text).map(({ content }) => content)
const base64 = (text: string) => Buffer.from(text, 'latin1').toString('base64')
const hex = (text: string) => Buffer.from(text, 'latin1').toString('hex')
const token = 'eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl'

it('a plain text is not unwrapped', () => {
  expect(unwrapped('just text')).toEqual([])
  expect(unwrapped('')).toEqual([])
})

it('each way has words of its own', () => {
  const ways = ['%41', '&lt;', base64(token), hex(token)].flatMap(unwrapped)
  expect(ways).toHaveLength(4)
  expect(new Set(ways.map(({ note }) => note)).size).toBe(4)
})

it('a text is unwrapped up to 262,144 characters', () => {
  expect(contents(`%41${'x'.repeat(262_141)}`)).toHaveLength(1)
  expect(contents(`%41${'x'.repeat(262_142)}`)).toEqual([])
})

describe('percent-encoding', () => {
  it.each([
    ['a%2Eb%2eC', 'a.b.C'],
    ['%7e%20', '~ '],
    ['%2', undefined],
    ['%zz%2g', undefined],
    ['100%', undefined],
  ])('%j is %j', (text, content) => {
    expect(contents(text)).toEqual(content === undefined ? [] : [content])
  })
  it.each(['%c3%a4', '%0a', '%80', '%f0%9f'])('%s is not ASCII that is written, and left', (text) => {
    expect(contents(text)).toEqual([])
    expect(contents(`${text}%41`)).toEqual([`${text}A`])
  })
})

describe('HTML', () => {
  it.each([
    ['<b class="x">a</b>', 'a'],
    ['a<wbr>b', 'ab'],
    ['&amp;&quot;&apos;&lt;&gt;&#39;', `&"'<>'`],
    ['&other;', undefined],
    ['a < b', undefined],
    [`<${'x'.repeat(200)}>a`, 'a'],
    [`<${'x'.repeat(201)}>a`, undefined],
    ['<a<b>c', '<ac'],
  ])('%j is %j', (text, content) => {
    expect(contents(text)).toEqual(content === undefined ? [] : [content])
  })
})

describe('base64 of a whole text', () => {
  const user = 'user:'
  it.each([
    ['a token', token],
    ['credentials', user + token],
    ['lines', `a\t\r\n~${token}`],
    ['a token that begins with ew', `ewogICJhbGciOiJ9.${'a'.repeat(20)}`],
  ])('is undone where %s is in it', (_what, text) => {
    expect(contents(base64(text))).toEqual([text])
    expect(contents(`Basic ${base64(text)}`)).toEqual([text])
  })
  it.each([
    ['no token', 'just some text that is long enough to be looked at'],
    ['no token', `eyJhbG.${'a'.repeat(40)}`],
    ['no token', `eaJhbGciOiJI.${'a'.repeat(40)}`],
    ['no text', `\u0000${token}`],
    ['no ASCII', `ä${token}`],
    ['a delete character', `\u007f${token}`],
  ])('is left where %s is in it: %j', (_what, text) => {
    expect(contents(base64(text))).toEqual([])
  })
  it('is looked at from forty characters on', () => {
    const short = 'eyJhbGciOi.'
    expect(base64(short.padEnd(30, 'a'))).toHaveLength(40)
    expect(contents(base64(short.padEnd(30, 'a')))).toHaveLength(1)
    expect(contents(base64(short.padEnd(27, 'a')))).toEqual([])
  })
  it('is looked for in the first five runs', () => {
    const other = base64('x'.repeat(30))
    expect(contents(`${`${other} `.repeat(4)}${base64(token)}`)).toEqual([token])
    expect(contents(`${`${other} `.repeat(5)}${base64(token)}`)).toEqual([])
  })
  it('is read in either alphabet', () => {
    const text = `${token}~~~???>>>`
    expect(base64(text)).toMatch(/[+/]/)
    expect(contents(base64(text))).toEqual([text])
    expect(contents(Buffer.from(text).toString('base64url'))).toEqual([text])
  })
})

describe('hexadecimal digits', () => {
  it('of a token are read, with what may be between and before them', () => {
    expect(contents(hex(token))).toEqual([token])
    expect(contents(`0x${hex(token).toUpperCase()}`)).toEqual([token])
    expect(contents(`0X${hex(token)}`)).toEqual([token])
    expect(contents(hex(token).replaceAll(/(..)/g, '$1 \n'))).toEqual([token])
    expect(contents(hex('ew.'))).toEqual(['ew.'])
  })
  it.each([
    hex('xy.'),
    hex('ez.'),
    `${hex('ey.')}f`,
    hex('ey'),
    `z${hex('ey.')}`,
    `${hex('ey.')}z`,
    `10x${hex('ey.')}`,
  ])('of something else are not: %s', (text) => {
    expect(contents(text)).toEqual([])
  })
})
