import { describe, expect, it } from 'vitest'
import { pathNames, withPathValues } from '../../../../src/core/contract/tables/addresses.ts'

describe('parameters of a path', () => {
  it('are whole parts of it that begin with a colon', () => {
    expect(pathNames('{{base}}/orders/:id/items/:item-no/:id?x=/:q#/:f')).toEqual(['id', 'item-no'])
    expect(pathNames('https://host:8080/a:b/:1/v1:run')).toEqual([])
    expect(pathNames('/:only')).toEqual(['only'])
  })
  it('get their values as they were typed, but for what would end them', () => {
    const values = new Map([
      ['id', 'a/b?c#d e%2F+ü'],
      ['none', ''],
      ['next', ':id'],
    ])
    expect(withPathValues('https://x/:id/:next/:none/:other?id=:id', values)).toBe(
      'https://x/a%2Fb%3Fc%23d%20e%2F+ü/:id/:none/:other?id=:id',
    )
  })
})
