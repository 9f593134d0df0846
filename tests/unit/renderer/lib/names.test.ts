import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  fittingNames,
  namesIn,
  numbersForNames,
  typedName,
  valuesIn,
} from '../../../../src/renderer/src/lib/names.ts'

const staging = {
  name: 'staging',
  variables: [
    { name: 'host', secret: false, value: 'https://api.example' },
    { name: 'key', secret: true },
    { name: 'api_host', secret: false, value: 'x' },
  ],
}

describe('names in a text', () => {
  it('are told with what each is worth once, and never a secret', () => {
    expect(valuesIn('{{host}}/{{ key }}/{{host}}/{{other}}', staging)).toEqual([
      '{{host}}: https://api.example',
      '{{key}}: secret',
      '{{other}}: not a variable of staging',
    ])
    expect(valuesIn('https://api.example', staging)).toEqual([])
    expect(valuesIn('{{host}}', undefined).join()).toContain('not a variable')
  })
  it('are marked where they are, by what they are', () => {
    expect(namesIn('a{{host}}{{ key }}{{none}}{{1}}{{', staging)).toEqual([
      { from: 1, to: 9, name: 'host', kind: 'known' },
      { from: 9, to: 18, name: 'key', kind: 'secret' },
      { from: 18, to: 26, name: 'none', kind: 'unknown' },
    ])
  })
})

it('a body with names is JSON where their values would be', () => {
  const text = '{"a": {{host}}, "b": "{{ key }}/x"}'
  expect(JSON.parse(numbersForNames(text))).toEqual({ a: 0, b: '0        /x' })
  expect(numbersForNames(text)).toHaveLength(text.length)
})

it('a name says where it is from, and what changes each time is offered behind a $', () => {
  const scope = {
    name: 'this request',
    variables: [
      { name: 'place', secret: false, value: 'x', from: 'folder Orders' },
      { name: '$uuid', secret: false, value: 'a random UUID' },
    ],
  }
  expect(valuesIn('{{place}}{{$uuid}}{{$none}}', scope)).toEqual([
    '{{place}}: x (folder Orders)',
    '{{$uuid}}: a random UUID',
    '{{$none}}: not a variable of this request',
  ])
  expect(fittingNames('', scope).map(({ name }) => name)).toEqual(['place'])
  expect(fittingNames('$u', scope).map(({ name }) => name)).toEqual(['$uuid'])
  expect(typedName('{{$uu', 5)).toEqual({ from: 0, to: 5, typed: '$uu' })
})

describe('a name that is being typed', () => {
  const at = (marked: string) => {
    const caret = marked.indexOf('|')
    return typedName(marked.replace('|', ''), caret)
  }
  it.each([
    ['x{{|', { from: 1, to: 3, typed: '' }],
    ['{{ho|', { from: 0, to: 4, typed: 'ho' }],
    ['{{ ho|', { from: 0, to: 5, typed: 'ho' }],
    ['{{ho|st}}/x', { from: 0, to: 8, typed: 'ho' }],
    ['{{ho|/x', { from: 0, to: 4, typed: 'ho' }],
  ])('is found in %s', (text, found) => {
    expect(at(text)).toEqual(found)
  })
  it.each(['x|', '{|', '{{a}}|', '{{a b|', '{{a/|', '|{{'])('is none in %s', (text) => {
    expect(at(text)).toBeUndefined()
  })
  it('holds the caret, whatever the text', () => {
    const text = fc.string({ unit: fc.constantFrom('{', '}', 'a', ' ', '/'), maxLength: 40 })
    fc.assert(
      fc.property(text, fc.nat(40), (source, place) => {
        const caret = Math.min(place, source.length)
        const found = typedName(source, caret)
        if (!found) return
        expect(source.slice(found.from, found.from + 2)).toBe('{{')
        expect(found.to).toBeGreaterThanOrEqual(caret)
        expect(found.to).toBeLessThanOrEqual(source.length)
      }),
    )
  })
})

it('the names that begin as typed come before those that contain it', () => {
  const names = (typed: string) => fittingNames(typed, staging).map(({ name }) => name)
  expect(names('')).toEqual(['host', 'key', 'api_host'])
  expect(names('HO')).toEqual(['host', 'api_host'])
  expect(names('none')).toEqual([])
  expect(fittingNames('a', undefined)).toEqual([])
})
