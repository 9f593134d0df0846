import { describe, expect, it } from 'vitest'
import { createScrubber } from '../../../../src/core/secrecy/scrub.ts'
import { scrubThrown } from '../../../../src/core/secrecy/scrub-thrown.ts'

const scrub = createScrubber(['marked'])

describe('something thrown, for the log', () => {
  it('keeps its words without the secrets', () => {
    const error = Object.assign(new TypeError('a marked word'), { code: 'E_marked', other: 'marked' })
    error.stack = 'TypeError: a marked word\n    at place'
    const told = scrubThrown(error, scrub) as Error & { code: string }
    expect(told).toBeInstanceOf(Error)
    expect({ ...told, name: told.name, message: told.message, stack: told.stack }).toEqual({
      name: 'TypeError',
      message: 'a ••• word',
      code: 'E_•••',
      stack: 'TypeError: a ••• word\n    at place',
    })
  })

  it('is a text, or is what it is', () => {
    expect(scrubThrown('a marked word', scrub)).toBe('a ••• word')
    for (const thrown of [undefined, null, 7]) expect(scrubThrown(thrown, scrub)).toBe(thrown)
  })

  it('has no code where there was none, or where it is no text', () => {
    expect(scrubThrown(new Error('x'), scrub)).not.toHaveProperty('code')
    expect(scrubThrown(Object.assign(new Error('x'), { code: 7 }), scrub)).not.toHaveProperty('code')
  })

  it('has its causes, five deep', () => {
    let error = new Error('the last marked')
    for (let depth = 6; depth >= 1; depth -= 1) error = new Error(`marked ${depth}`, { cause: error })
    const told: string[] = []
    for (let at: unknown = scrubThrown(error, scrub); at instanceof Error; at = at.cause)
      told.push(at.message)
    expect(told).toEqual(['••• 1', '••• 2', '••• 3', '••• 4', '••• 5', '••• 6'])
    expect(scrubThrown(new Error('x'), scrub)).not.toHaveProperty('cause')
  })

  it('may have no stack', () => {
    const error = new Error('x')
    delete error.stack
    expect((scrubThrown(error, scrub) as Error).message).toBe('x')
  })
})
