import { describe, expect, it } from 'vitest'
import { createTextSize, stepTextSize } from '../../../../src/main/window/text-size.ts'
import type { TextSize } from '../../../../src/core/contract/about.ts'

describe('text size', () => {
  it('stops at both ends', () => {
    expect(stepTextSize(90, 'smaller')).toBe(90)
    expect(stepTextSize(150, 'larger')).toBe(175)
    expect(stepTextSize(200, 'larger')).toBe(200)
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
