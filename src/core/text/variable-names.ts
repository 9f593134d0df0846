import { variableName } from '@contract/words'

/** A variable in a text, `{{name}}`; its group is the name. One that begins with `$` has another value each time. */
export const variableMark = new RegExp(`\\{\\{\\s*(\\$?${variableName})\\s*\\}\\}`, 'g')

/** The variables that a text names, each once. */
export function variableNames(text: string): string[] {
  return [...new Set(Array.from(text.matchAll(variableMark), ([, name = '']) => name))]
}
