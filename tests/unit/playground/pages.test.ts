import { describe, expect, it } from 'vitest'
import { loadAssets } from '../../../src/playground/pages/assets.ts'
import { style } from '../../../src/playground/pages/style.ts'

const colours = (css: string): Record<string, string> =>
  Object.fromEntries(
    [...css.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map(([, name, colour]) => [name, colour]),
  )
const dark = style.indexOf('prefers-color-scheme: dark')
const end = style.indexOf('box-sizing')
const themes = {
  light: colours(style.slice(0, dark)),
  dark: { ...colours(style.slice(0, dark)), ...colours(style.slice(dark, end)) },
}

/** WCAG 2.2's relative luminance. */
const luminance = (colour: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
const contrast = (one = '', other = ''): number => {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
  return (high + 0.05) / (low + 0.05)
}

describe.each(['light', 'dark'] as const)('the pages in the %s', (theme) => {
  const colour = themes[theme]

  it.each(['ink', 'ink-2', 'ink-3'])('can be read: %s', (ink) => {
    for (const ground of ['bg', 'panel', 'sunken'])
      expect(contrast(colour[ink], colour[ground]), `${ink} on ${ground}`).toBeGreaterThanOrEqual(4.5)
  })

  it('show where a field is, and what went well or wrong', () => {
    expect(contrast(colour['field'], colour['panel'])).toBeGreaterThanOrEqual(3)
    expect(contrast(colour['accent-ink'], colour['accent'])).toBeGreaterThanOrEqual(4.5)
    expect(contrast(colour['ok'], colour['panel'])).toBeGreaterThanOrEqual(4.5)
    expect(contrast(colour['bad'], colour['bad-soft'])).toBeGreaterThanOrEqual(4.5)
  })
})

it('serves every file that the style sheet names', () => {
  const assets = loadAssets()
  const named = [...style.matchAll(/url\('([^']+)'\)/g)].map(([, path]) => path ?? '')
  expect(named).toEqual(['inter.woff2', 'jetbrains-mono.woff2'])
  for (const path of named) {
    const body = assets.get(`/assets/${path}`)?.body as Buffer
    expect(body.subarray(0, 4).toString('latin1'), path).toBe('wOF2')
  }
})
