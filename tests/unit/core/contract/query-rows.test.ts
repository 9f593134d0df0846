import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { QueryRow } from '@contract/requests'
import { addressRows, addressText, inRows, partText, typedRow } from '@contract/tables/addresses'

const on = (name: string, value: string): QueryRow => ({ name, value, enabled: true })
const bare = (name: string): QueryRow => ({ name, value: '', enabled: true, bare: true })
const off = (name: string, value = ''): QueryRow => ({ name, value, enabled: false })

/** Texts of what makes addresses difficult. */
const odd = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '?',
        '&',
        '=',
        '#',
        '%2F',
        '%E9',
        '%',
        '+',
        ' ',
        '{{a}}',
        '{{ b }}',
        'http://x/',
        '\n',
        '\ud800',
      ),
      fc.string({ maxLength: 3, unit: 'binary' }),
    ),
    { maxLength: 24 },
  )
  .map((parts) => parts.join(''))

describe('addressRows', () => {
  it('has each part of a query as it is written', () => {
    expect(addressRows('https://a.example/x?q=%2F+%E9&flag&empty=&a=b=c#top')).toEqual({
      url: 'https://a.example/x#top',
      query: [on('q', '%2F+%E9'), bare('flag'), on('empty', ''), on('a', 'b=c')],
    })
    expect(addressRows('https://a.example/?')).toEqual({ url: 'https://a.example/', query: [bare('')] })
    expect(addressRows('https://a.example/#a?b').query).toEqual([])
    expect(addressRows('{{base}}/x?id={{ id }}&{{more}}').query).toEqual([
      on('id', '{{ id }}'),
      bare('{{more}}'),
    ])
  })

  it('makes the same text again, whatever it is, and whatever is off', () => {
    fc.assert(
      fc.property(
        odd,
        fc.array(fc.record({ name: odd, value: odd, enabled: fc.boolean() })),
        (text, before) => {
          const address = addressRows(text, before)
          expect(addressText(address)).toBe(text)
          expect(address.query.filter(({ enabled }) => !enabled)).toEqual(
            before.filter(({ enabled }) => !enabled),
          )
          expect(inRows(address)).toEqual(address)
        },
      ),
      { numRuns: 2_000 },
    )
  })

  it('keeps rows that are off between those that were around them', () => {
    const before = [on('a', '1'), off('b', '2'), on('c', '3'), off('d', '4')]
    const rowsOf = (text: string) => addressRows(text, before).query.map(({ name }) => name)
    expect(rowsOf('x?a=1&c=33')).toEqual(['a', 'b', 'c', 'd'])
    expect(rowsOf('x?a=1&new&c=3')).toEqual(['a', 'b', 'new', 'c', 'd'])
    expect(rowsOf('x?new&a=1&c=3')).toEqual(['new', 'a', 'b', 'c', 'd'])
    expect(rowsOf('x?c=3')).toEqual(['b', 'c', 'd'])
    expect(rowsOf('x')).toEqual(['b', 'd'])
  })

  it('leaves a query of very many parts in the address', () => {
    const text = `https://a.example/?${'a&'.repeat(1_000)}`
    const address = addressRows(text, [off('b')])
    expect(address).toEqual({ url: text, query: [off('b')] })
    expect(addressText({ ...address, query: [on('c', '1')] })).toBe(`${text}c=1`)
  })
})

describe('typedRow', () => {
  it('encodes what would end it, and nothing else', () => {
    expect(typedRow(on('', ''), { name: 'a=b&c', value: 'x&y=z #1 + %2F é' })).toEqual(
      on('a%3Db%26c', 'x&y=z #1 + %2F é'.replace('&', '%26').replaceAll(' ', '%20').replace('#', '%23')),
    )
    expect(typedRow(on('a', 'b'), { value: '{{ id }} &{{b}}' })).toEqual(on('a', '{{ id }}%20%26{{b}}'))
  })

  it('has an equals sign once there is a value, and keeps it', () => {
    expect(typedRow(bare('flag'), { name: 'flags' })).toEqual(bare('flags'))
    expect(typedRow(bare('flag'), { value: '1' })).toEqual(on('flag', '1'))
    expect(typedRow(on('flag', '1'), { value: '' })).toEqual(on('flag', ''))
  })

  it('changes the bytes of that row alone', () => {
    fc.assert(
      fc.property(odd, fc.nat(), odd, odd, (text, at, name, value) => {
        const before = addressRows(text)
        fc.pre(before.query.length > 0)
        const index = at % before.query.length
        const query = before.query.map((row, each) => (each === index ? typedRow(row, { name, value }) : row))
        const after = addressRows(addressText({ ...before, query }))
        expect(after.url).toBe(before.url)
        expect(after.query.map(partText)).toEqual(query.map(partText))
        expect(after.query.filter((_, each) => each !== index)).toEqual(
          before.query.filter((_, each) => each !== index),
        )
      }),
      { numRuns: 1_000 },
    )
  })
})
