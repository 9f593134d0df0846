import { describe, expect, it } from 'vitest'
import { headerSuggestions } from '../../../../src/renderer/src/features/requests/rows/known-headers.ts'
import { choicesAt } from '../../../../src/renderer/src/ui/names/choices.ts'

const variables = { name: 'local', variables: [{ name: 'host', value: 'https://a.example', secret: false }] }
const texts = (...given: Parameters<typeof choicesAt>) => choicesAt(...given)?.all.map(({ put }) => put)

describe('what a field offers', () => {
  const suggestions = { from: [{ text: 'text/plain' }, { text: 'application/json' }, { text: 'text/html' }] }

  it('is names of variables first, then what begins with or has what was typed', () => {
    expect(texts('{{ho', 4, variables, suggestions, false)).toEqual(['{{host}}'])
    expect(texts('te', 2, variables, suggestions, false)).toEqual(['text/plain', 'text/html'])
    expect(texts('JSON', 4, variables, suggestions, false)).toEqual(['application/json'])
    expect(texts('t', 1, undefined, suggestions, false)).toEqual([
      'text/plain',
      'text/html',
      'application/json',
    ])
  })

  it('is nothing within a text, where nothing is typed, or where it is typed already', () => {
    for (const [text, caret] of [
      ['te', 1],
      ['', 0],
      ['text/html', 9],
      ['none', 4],
    ] as const)
      expect(texts(text, caret, undefined, suggestions, false)).toBeUndefined()
  })

  it('is all where it was asked for, and of a list the last part', () => {
    expect(texts('', 0, undefined, suggestions, true)).toHaveLength(3)
    const list = { ...suggestions, list: true }
    expect(choicesAt('text/html;q=1, appl', 19, undefined, list, false)).toMatchObject({ from: 15, to: 19 })
  })
})

describe('names and values of headers', () => {
  const own = [
    { name: 'X-Tenant', value: 'eu' },
    { name: 'content-type', value: 'application/xml' },
  ]
  const { names, values } = headerSuggestions([{ name: 'ACCEPT', value: '' }], own)

  it('are those of the request before the usual, without those that are there', () => {
    const offered = names.from.map(({ text }) => text)
    expect(offered[0]).toBe('X-Tenant')
    expect(offered).toContain('Content-Type')
    expect(offered).not.toContain('Accept')
    expect(values('Content-Type').from[0]).toEqual({ text: 'application/xml', says: 'of this request' })
    expect(values('x-tenant').from.map(({ text }) => text)).toEqual(['eu'])
    expect(values('accept')).toMatchObject({ list: true })
    expect(values('X-None')).toEqual({ from: [], list: false })
  })
})
