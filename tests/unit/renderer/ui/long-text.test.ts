import { describe, expect, it } from 'vitest'
import { editedText, longest, shownOf } from '../../../../src/renderer/src/ui/token/long-text.ts'

const long = `eyJ${'a'.repeat(longest)}.b.c`

describe('a text that is too long for its field', () => {
  it('is shown by its beginning, and how much more there is', () => {
    const shown = shownOf(long)
    expect(shown.startsWith(long.slice(0, 4_000))).toBe(true)
    expect(shown).toContain(`… and ${(long.length - 4_000).toLocaleString('en')} more characters`)
    expect(shown.length).toBeLessThan(4_100)
    expect(shownOf('a'.repeat(longest))).toHaveLength(longest)
  })

  it('keeps what is not shown while the beginning is edited', () => {
    expect(editedText(long, shownOf(long))).toBe(long)
    expect(editedText(long, `Bearer ${shownOf(long)}`)).toBe(`Bearer ${long}`)
    expect(editedText(long, shownOf(long).slice(1))).toBe(long.slice(1))
  })

  it('is replaced by what is put in its place', () => {
    expect(editedText(long, 'another')).toBe('another')
    expect(editedText(long, '')).toBe('')
    expect(editedText('short', 'shorter')).toBe('shorter')
  })
})
