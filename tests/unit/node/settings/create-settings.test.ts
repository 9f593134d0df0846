import { describe, expect, it } from 'vitest'
import { createSettings } from '../../../../src/node/settings/create-settings.ts'

const fileOf = (values: Record<string, unknown>) => ({
  values,
  get: (name: string) => values[name],
  set: (name: string, value: unknown) => void (values[name] = value),
})

describe('settings', () => {
  it('start with the theme of the system and no bounds', () => {
    const settings = createSettings(fileOf({}))
    expect([settings.theme, settings.bounds]).toEqual(['system', undefined])
  })

  it('read what was saved', () => {
    const file = fileOf({})
    const settings = createSettings(file)
    settings.saveTheme('dark')
    settings.saveBounds({ x: -5, y: 0, width: 900, height: 600 })
    expect(settings.theme).toBe('dark')
    const again = createSettings(file)
    expect([again.theme, again.bounds]).toEqual(['dark', { x: -5, y: 0, width: 900, height: 600 }])
  })

  it.each([
    { theme: 'purple', bounds: { width: 1e9, height: 2 } },
    { theme: 7, bounds: 'wide' },
    { theme: null, bounds: { width: '900', height: 600 } },
  ])('fall back to the defaults for what is not valid: %j', (values) => {
    const settings = createSettings(fileOf(values))
    expect([settings.theme, settings.bounds]).toEqual(['system', undefined])
  })

  it('keep the size of text, and take only those that are offered', () => {
    const file = fileOf({})
    createSettings(file).saveTextSize(125)
    expect(createSettings(file).textSize).toBe(125)
    for (const textSize of [99, '110', 1e9, null])
      expect(createSettings(fileOf({ textSize })).textSize).toBe(100)
  })

  it('keep the width of the list, within its limits', () => {
    const file = fileOf({})
    const settings = createSettings(file)
    settings.saveListWidth(400)
    settings.saveListWidth(9_000)
    expect(createSettings(file).listWidth).toBe(400)
    for (const listWidth of [1, 300.5, '300', null])
      expect(createSettings(fileOf({ listWidth })).listWidth).toBe(288)
  })

  it('keep how much history is kept, of what can be chosen', () => {
    const file = fileOf({})
    createSettings(file).saveHistory({ days: 90, exchanges: 10_000, megabytes: 250 })
    expect(createSettings(file).history).toEqual({ days: 90, exchanges: 10_000, megabytes: 250 })
    const usual = { days: 0, exchanges: 1_000_000, megabytes: 2_000 }
    for (const history of [1, { days: 0 }, { days: -1, exchanges: 10_000, megabytes: 250 }, null])
      expect(createSettings(fileOf({ history })).history).toEqual(usual)
  })

  it('go on where the file can be neither read nor written', () => {
    const broken = () => {
      throw new Error('EACCES')
    }
    const settings = createSettings({ get: broken, set: broken })
    settings.saveTheme('light')
    expect(settings.theme).toBe('light')
  })
})
