import { describe, expect, it } from 'vitest'
import { createTypeAhead, stepOf } from '../../../../src/renderer/src/ui/select/select-keys.ts'

const labels = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD']

describe('keys of a list of options', () => {
  it.each([
    ['ArrowDown', 1, 2],
    ['ArrowDown', 5, 5],
    ['ArrowUp', 0, 0],
    ['PageDown', 1, 4],
    ['PageUp', 2, 0],
    ['Home', 4, 0],
    ['End', 0, 5],
    ['a', 0, undefined],
  ])('%s from %i leads to %s', (key, at, to) => {
    expect(stepOf(key, { open: true, at, last: 5, page: 3 })).toBe(to)
  })
  it('leave a closed list closed, but for its ends', () => {
    expect(stepOf('ArrowDown', { open: false, at: 0, last: 5, page: 3 })).toBeUndefined()
    expect(stepOf('End', { open: false, at: 0, last: 5, page: 3 })).toBe(5)
  })
})

describe('typed letters', () => {
  it('find the option that begins with all of them', () => {
    const typed = createTypeAhead()
    expect(typed.find('p', labels, 0, 0)).toBe(1)
    expect(typed.find('u', labels, 1, 100)).toBe(2)
    expect(typed.find('x', labels, 2, 200)).toBeUndefined()
  })
  it('begin anew after a pause', () => {
    const typed = createTypeAhead()
    typed.find('p', labels, 0, 0)
    expect(typed.holds(499)).toBe(true)
    expect(typed.holds(500)).toBe(false)
    expect(typed.find('d', labels, 1, 600)).toBe(4)
  })
  it('go around the options of one letter', () => {
    const typed = createTypeAhead()
    expect([0, 1, 2, 3].map((at) => typed.find('p', labels, [0, 1, 2, 3][at] ?? 0, at * 50))).toEqual([
      1, 2, 3, 1,
    ])
  })
})
