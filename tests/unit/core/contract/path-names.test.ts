import { describe, expect, it } from 'vitest'
import { pathNames, withPathValues } from '../../../../src/core/contract/tables/addresses.ts'

describe('parameters of a path', () => {
  it('are whole parts of it that begin with a colon', () => {
    expect(pathNames('{{base}}/orders/:id/items/:item-no/:id?x=/:q#/:f')).toEqual(['id', 'item-no'])
    expect(pathNames('https://host:8080/a:b/:1/v1:run')).toEqual([])
    expect(pathNames('/:only')).toEqual(['only'])
  })
  it('are within the brackets of OData too, as Bruno has them', () => {
    const url = "https://x/odata/Orders(:id)/sum(a=:a,b=':b')/:id/f(:none)?x=g(:q)"
    expect(pathNames(url)).toEqual(['id', 'a', 'b', 'none'])
    expect(pathNames('https://x:80/a(:b)c/(:d)/e:f')).toEqual([])
    const values = new Map([
      ['id', "'x y'"],
      ['a', '1/2'],
      ['b', ':a'],
    ])
    expect(withPathValues(url, values)).toBe(
      "https://x/odata/Orders('x%20y')/sum(a=1%2F2,b=':a')/'x%20y'/f(:none)?x=g(:q)",
    )
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
