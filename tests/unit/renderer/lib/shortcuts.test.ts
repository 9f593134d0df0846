import { describe, expect, it } from 'vitest'
import { shortcutOf, shortcuts } from '../../../../src/renderer/src/lib/shortcuts.ts'
import { rooms } from '../../../../src/renderer/src/lib/rooms.ts'

const press = (key: string, held: Partial<Parameters<typeof shortcutOf>[0]> = {}) =>
  shortcutOf({ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held })

describe('shortcuts', () => {
  it('are told apart by the keys that are held', () => {
    expect(press('k', { ctrlKey: true })).toBe('palette')
    expect(press('k', { metaKey: true })).toBe('palette')
    expect(press('k')).toBeUndefined()
    expect(press('K', { ctrlKey: true, shiftKey: true })).toBeUndefined()
    expect(press('k', { ctrlKey: true, altKey: true })).toBeUndefined()
    expect(press('ArrowUp', { altKey: true })).toBe('move-up')
    expect(press('ArrowDown', { altKey: true })).toBe('move-down')
    expect(press('ArrowUp', { altKey: true, shiftKey: true })).toBeUndefined()
    expect(press('Tab', { ctrlKey: true, shiftKey: true })).toBe('previous-tab')
    expect(press('F6', { shiftKey: true })).toBe('previous-pane')
  })
  it.each([
    ['+', 'larger'],
    ['=', 'larger'],
    ['-', 'smaller'],
    ['_', 'smaller'],
  ])('change the size of text by Ctrl %s, with Shift or without', (key, name) => {
    for (const shiftKey of [true, false]) expect(press(key, { ctrlKey: true, shiftKey })).toBe(name)
    expect(press(key)).toBeUndefined()
  })
  it('take letters whatever the shift lock says', () => {
    expect(press('L', { ctrlKey: true })).toBe('lock')
  })
  it('have each press once, and one for each room in its order', () => {
    expect(new Set(shortcuts.map((one) => one.press)).size).toBe(shortcuts.length)
    expect(rooms.map((_room, index) => press(String(index + 1), { ctrlKey: true }))).toEqual([...rooms])
  })
})
