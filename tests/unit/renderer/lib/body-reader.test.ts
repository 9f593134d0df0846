import { describe, expect, it } from 'vitest'
import { createBodyReader } from '../../../../src/renderer/src/lib/body-reader.ts'

const reader = (text: string) => {
  const body = new TextEncoder().encode(text)
  const asked: number[] = []
  const made = createBodyReader(
    body.length,
    (offset, length) => {
      asked.push(length)
      return Promise.resolve(body.slice(offset, offset + length))
    },
    () => undefined,
  )
  return { made, asked, body }
}

describe('createBodyReader', () => {
  it('finds lines with either ending', async () => {
    const { made } = reader('one\r\ntwo\n\nfour')
    await made.findLines()
    expect(made.lineCount()).toBe(4)
    expect([0, 1, 2, 3].map(made.line)).toEqual(['one', 'two', '', 'four'])
  })
  it('counts no empty line after the last ending', async () => {
    const { made } = reader('one\ntwo\n')
    await made.findLines()
    expect(made.lineCount()).toBe(2)
  })
  it('reads by ranges of 256 KiB and joins lines that lie across two', async () => {
    const { made, asked } = reader(`${'x'.repeat(239)}\n`.repeat(1500))
    await made.findLines()
    expect(Math.max(...asked)).toBe(262_144)
    expect(made.lineCount()).toBe(1500)
    expect(made.line(1092)).toBe('x'.repeat(239))
  })
  it('breaks one long line without spoiling a character', async () => {
    const text = 'é€😀'.repeat(2000)
    const { made, body } = reader(text)
    await made.findLines()
    const lines = Array.from({ length: made.lineCount() }, (_, index) => made.line(index))
    expect(lines.join('')).toBe(text)
    expect(made.indexed()).toBe(body.length)
  })
  it('keeps a few ranges only and fetches an early one again when asked for', async () => {
    const { made, asked } = reader('y'.repeat(240).concat('\n').repeat(40_000))
    await made.findLines()
    const before = asked.length
    expect(made.line(0)).toBeNull()
    await Promise.resolve()
    expect(asked.length).toBe(before + 1)
  })
  it('stops where a range cannot be read, and says so', async () => {
    const made = createBodyReader(
      1_000_000,
      () => Promise.resolve(null),
      () => undefined,
    )
    await made.findLines()
    expect(made.failed()).toBe(true)
    expect(made.indexed()).toBe(0)
  })
})
