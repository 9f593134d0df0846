import { describe, expect, it } from 'vitest'
import * as format from '../../../../src/renderer/src/lib/format.ts'

describe('clock', () => {
  it.each([
    [648_900, '10:48'],
    [59_999, '0:59'],
    [3_723_000, '1:02:03'],
    [-5, '0:00'],
  ])('shows %i ms as %s and never too much', (milliseconds, text) => {
    expect(format.clock(milliseconds)).toBe(text)
  })
})

describe('span', () => {
  it.each([
    [648_000, '10 min 48 s'],
    [600_000, '10 min'],
    [11_100_000, '3 h 5 min'],
    [187_200_000, '2 d 4 h'],
    [31 * 86_400_000 + 3_600_000, '31 d'],
    [-1500, '1 s'],
  ])('says %i ms as %s', (milliseconds, text) => {
    expect(format.span(milliseconds)).toBe(text)
  })
  it('says only the largest unit where that is enough', () => {
    expect(format.roughSpan(11_100_000)).toBe('3 h')
  })
})

describe('relative', () => {
  it.each([
    [1_000_500, 'now'],
    [1_060_000, 'in 1 min'],
    [748_000, '4 min 12 s ago'],
  ])('of %i', (at, text) => {
    expect(format.relative(at, 1_000_000)).toBe(text)
  })
})

describe('duration and size', () => {
  it.each([
    [0.42, '0.4 ms'],
    [14.2, '14 ms'],
    [1240, '1.24 s'],
    [125_000, '2 min 5 s'],
  ])('%d ms', (milliseconds, text) => {
    expect(format.duration(milliseconds)).toBe(text)
  })
  it.each([
    [212, '212 B'],
    [1104, '1.1 kB'],
    [999_960, '1.0 MB'],
    [62_000_000, '62 MB'],
  ])('%d bytes', (bytes, text) => {
    expect(format.size(bytes)).toBe(text)
  })
})

describe('days', () => {
  const noon = new Date(2026, 10, 23, 12, 0, 5).getTime()
  it('names today, yesterday across a month, and other days by date', () => {
    const first = new Date(2026, 11, 1, 0, 0, 1).getTime()
    expect(format.dayName(noon, noon)).toBe('Today')
    expect(format.dayName(first - 2000, first)).toBe('Yesterday')
    expect(format.dayName(noon, first)).toBe('2026-11-23')
  })
  it('puts the date before the time where it is not today', () => {
    expect(format.moment(noon, noon)).toBe('12:00:05')
    expect(format.moment(noon, noon + 86_400_000)).toBe('2026-11-23 12:00:05')
  })
})

describe('addresses and identifiers', () => {
  it('takes host and path out of a URL and leaves other text alone', () => {
    expect(format.hostOf('http://127.0.0.1:47113/x')).toBe('127.0.0.1:47113')
    expect(format.pathOf('https://api.example/orders?limit=2')).toBe('/orders?limit=2')
    expect(format.pathOf('{{api}}/orders')).toBe('{{api}}/orders')
  })
  it('keeps the ends of a long identifier', () => {
    const short = format.shorten('a1f3e0c2-77aa-4c1b-9d21-50aa6b1f9d9c')
    expect(short).toBe('a1f3e0c2-77aa-4c…1f9d9c')
    expect(short.length).toBeLessThanOrEqual(24)
    expect(format.shorten('alice')).toBe('alice')
  })
})
