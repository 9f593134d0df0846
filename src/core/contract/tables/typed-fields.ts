import { defined } from '../defined.ts'
import type { ConnectionSettings } from '../connection-settings.ts'

/** Settings that are one text, and may name variables. */
export const typedSettings = [
  'audience',
  'prompt',
  'acrValues',
  'loginHint',
  'uiLocales',
  'claims',
  'authorizationDetails',
] as const

/** What was typed into a field of a connection, where that names variables. */
export function typedText(settings: ConnectionSettings | undefined, field: string): string | undefined {
  return settings?.typed?.find((each) => each.field === field)?.template
}

/** Settings as they were typed: with the names of variables in place of what they stood for. */
export function settingsAsTyped(settings: ConnectionSettings): ConnectionSettings {
  if (settings.typed === undefined) return settings
  const { typed: _typed, extra, ...rest } = settings
  const texts = typedSettings.flatMap((name) => {
    const text = typedText(settings, name)
    return text === undefined ? [] : [[name, text] as const]
  })
  const rows = extra?.map(({ name, value }, index) => ({
    name,
    value: typedText(settings, `extra ${index}`) ?? value,
  }))
  return { ...rest, ...Object.fromEntries(texts), ...defined({ extra: rows }) }
}
