import { describe, expect, it } from 'vitest'
import { createTextSize, stepTextSize, textStepOf } from '../../../../src/main/adapters/electron/text-size.ts'
import type { TextSize } from '../../../../src/preload/contract/about.ts'

const key = (name: string, held: Partial<Parameters<typeof textStepOf>[0]> = {}) =>
  textStepOf({ type: 'keyDown', key: name, control: true, meta: false, alt: false, ...held })

describe('text size', () => {
  it.each([
    ['+', 'larger'],
    ['=', 'larger'],
    ['-', 'smaller'],
    ['0', 'usual'],
    ['9', undefined],
  ])('takes Ctrl %s', (name, step) => {
    expect(key(name)).toBe(step)
    expect(key(name, { control: false, meta: true })).toBe(step)
  })
  it('leaves the keys alone without Ctrl, with Alt, and when they are let go', () => {
    expect(key('+', { control: false })).toBeUndefined()
    expect(key('+', { alt: true })).toBeUndefined()
    expect(key('+', { type: 'keyUp' })).toBeUndefined()
  })
  it('stops at both ends', () => {
    expect(stepTextSize(90, 'smaller')).toBe(90)
    expect(stepTextSize(150, 'larger')).toBe(150)
    expect(stepTextSize(100, 'larger')).toBe(110)
    expect(stepTextSize(150, 'usual')).toBe(100)
  })
  it('is saved, applied and told', () => {
    const settings = {
      textSize: 100 as TextSize,
      saveTextSize: (size: TextSize) => void (settings.textSize = size),
    }
    const zooms: number[] = []
    let told = 0
    const window = { webContents: { setZoomFactor: (zoom: number) => void zooms.push(zoom) } }
    const size = createTextSize({
      settings,
      window: () => window as never,
      changed: () => void (told += 1),
    })
    size.step('larger')
    expect([size.get(), zooms, told]).toEqual([110, [1.1], 1])
    size.set(90)
    expect([settings.textSize, zooms, told]).toEqual([90, [1.1, 0.9], 1])
  })
})
