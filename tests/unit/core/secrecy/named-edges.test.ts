import { describe, expect, it } from 'vitest'
import { findNamed, mentionsSecretIn } from '../../../../src/core/secrecy/named-values.ts'
import { isSecretName } from '../../../../src/core/secrecy/names.ts'

/** The values found in a text by their names; the same by hints as without. */
const values = (text: string) => {
  const found = findNamed(text, isSecretName)
  expect(findNamed(text, (name) => isSecretName(name))).toEqual(found)
  return found.map(({ start, end }) => text.slice(start, end))
}

describe('a value beside its name', () => {
  it.each<[string, string[]]>([
    ['pin=1', ['1']],
    ['pin = 1 x', ['1']],
    ['pin: 1', ['1']],
    ['pin => 1', ['1']],
    ['pin\r\n\t:\r\n\t1\r\n', ['1']],
    ['"pin":"a b"', ['a b']],
    ["'pin': 'a b'", ['a b']],
    ['`pin`: `a b`', ['a b']],
    ['{"pin":"a\\"b","x":1}', ['a\\"b']],
    ['{\\"pin\\":\\"a b\\",\\"x\\":1}', ['a b']],
    ['{\\\\\\"pin\\\\\\":\\\\\\"a b\\\\\\",1}', ['a b']],
    ["\\'pin\\':\\'a b\\'", ['a b']],
    ['&quot;pin&quot;:&quot;a b&quot;', ['a b']],
    ['&#34;pin&#34;:&#34;a b&#34;', ['a b']],
    ['%22pin%22%3A%22a b%22', ['a b']],
    ['%22pin%22%3a%22a b%22', ['a b']],
    ['%7B%22user_pin%22%3A%22a b%22%7D', ['a b']],
    ['%7b%22Otp%22%3a%22a b%22%7d', ['a b']],
    ['{\\u0022pin\\u0022:\\u0022a b\\u0022}', ['a b']],
    ['\\u003cpin=1', ['1']],
    ['a\\npin=1', ['1']],
    ['a\\rpin=1', ['1']],
    ['a\\tpin=1', ['1']],
    ['C:\\token=1', ['1']],
    ['a\\spin=1', []],
    ['%2pin=1', []],
    ['22pin=1', []],
    ['u003cpin=1', []],
    ['pin%3Da%26x', ['a']],
    ['pin%3da%26x', ['a']],
    ['pin=a%26x', ['a%26x']],
    ['form[pin]=1', ['1']],
    ['form[pin] = 1', ['1']],
    ['<pin>a b</pin>', ['a b']],
    ['<pin>a b', ['a b']],
    ['<pin></pin>', []],
    ['<pin/>a<b>', []],
    ['<pin a="b"/>a<b>', []],
    ['<pin a="b">1</pin>', ['1']],
    ['<pin\n>1</pin>', ['1']],
    ['<pin otp="1" a="2">3</pin><b>otp=4</b>', ['1', '3', '4']],
    ['<s:pin>1</s:pin>', ['1']],
    ['<soap-env.a:pin a="b#PinText">1</soap-env.a:pin>', ['1']],
    ['<a:b:pin>1</a:b:pin>', []],
    [`<${'n'.repeat(100)}:pin>1`, ['1']],
    [`<${'n'.repeat(101)}:pin>1`, []],
    [`<pin ${'a'.repeat(1_000)}>1`, ['1']],
    [`<pin ${'a'.repeat(1_001)}>1`, []],
    ['s:pin>1', []],
    ['<pin <b>1', []],
    ['<pinb>1', []],
    ['<pin><![CDATA[1<2]]></pin>', ['1<2']],
    ['<pin><![CDATA[1<2', ['1<2']],
    ['<pin>1<![CDATA[2]]></pin>', ['1']],
    ['<pin=1>', ['1']],
    ['a long way before it %22pin%22%3A%22a b%22', ['a b']],
    ['pin>a', []],
    ['pin=1&x=2', ['1']],
    ['pin=1;x', ['1']],
    ['pin=1,x', ['1']],
    ['pin=1"x', ['1']],
    ["pin=1'x", ['1']],
    ['pin=1}x', ['1']],
    ['pin=1<x', ['1']],
    ['pin=1>x', ['1']],
    ['pin=1\nx', ['1']],
    ['pin={"a":1}', []],
    ['pin=["a"]', []],
    ['pin="', []],
    ['pin=""', []],
    ['pin="a', ['a']],
    ["pin='a", ['a']],
    ['pin="a\\', ['a\\']],
    ['pin=', []],
    ['pin', []],
    ['pin code', []],
    ['pin 1', []],
    ['my.pin=1', ['1']],
    ['x-own.thing-pin=1', ['1']],
    ['pin="otp=1"', ['otp=1']],
    ['pin=otp=1', ['otp=1']],
    ['pin=1 otp=2', ['1', '2']],
    ['pin         =1', ['1']],
    ['colour=red pin=1', ['1']],
    [`${'x'.repeat(200)}_pin=1`, ['1']],
    ['éotp=1', ['1']],
  ])('%j', (text, expected) => expect(values(text)).toEqual(expected))

  it('is known with its name', () => {
    expect(findNamed('a "otp": "12", b', isSecretName)).toEqual([{ name: 'otp', start: 10, end: 12 }])
    expect(findNamed('otp=12', isSecretName)).toEqual([{ name: 'otp', start: 4, end: 6 }])
    expect(findNamed('otp="12\\', isSecretName)).toEqual([{ name: 'otp', start: 5, end: 8 }])
  })

  it('is known by the last part of a name', () => {
    const own = (text: string) => findNamed(text, (name) => name === 'own').map(({ name }) => name)
    for (const name of ['own', 'a.own', 'a-own', 'a.b-own', 'a-b.own'])
      expect(own(`${name}=1`)).toEqual([name])
    for (const name of ['own.a', 'own-a', 'a_own', '.', '-', 'a.', '2own', '%xyown'])
      expect(own(`${name}=1`)).toEqual([])
    expect(own('%22own%22=1 %xyface=1')).toEqual(['own'])
    expect(findNamed('%xyface=1', (name) => name === 'face')).toEqual([])
  })

  it('is mentioned rather too often', () => {
    expect(mentionsSecretIn('my_password_2=x')).toBe(true)
    expect(mentionsSecretIn('size=x, password')).toBe(false)
    expect(mentionsSecretIn('')).toBe(false)
  })
})
