import type { EnvironmentView } from '@contract/environments.ts'
import { variableName } from '@contract/words.ts'

/** What names are looked up in. */
export interface Variables {
  /** Where they are from, in words: an environment. */
  name: string
  variables: readonly KnownVariable[]
}

/** A variable that can be named. */
export type KnownVariable = EnvironmentView['variables'][number] & {
  /** Where it is from, where there are several places. */
  from?: string
}

type NameKind = 'known' | 'secret' | 'unknown'

export interface NameMark {
  from: number
  to: number
  name: string
  kind: NameKind
}

/** A name that is being typed: what it has so far, and what a picked one replaces. */
export interface TypedName {
  from: number
  to: number
  typed: string
}

/** `{{name}}` in a text; its group is the name. */
export const nameMark = new RegExp(`\\{\\{\\s*(\\$?${variableName})\\s*\\}\\}`, 'g')
/** What is before the caret in a name that is being typed, and what of it may follow. */
const begun = /\{\{\s?(\$?[A-Za-z0-9_.-]{0,64})$/
const rest = /^\$?[A-Za-z0-9_.-]{0,64}\s?\}\}/
/** How far before the caret a name can begin, in characters. */
const reach = 70

/** Each `{{name}}` in a text, and whether the environment has it. */
export function namesIn(text: string, environment: Variables | undefined): NameMark[] {
  return Array.from(text.matchAll(nameMark), ({ 0: whole, 1: name = '', index }) => {
    const known = environment?.variables.find((each) => each.name === name)
    const kind = !known ? 'unknown' : known.secret ? 'secret' : 'known'
    return { from: index, to: index + whole.length, name, kind }
  })
}

/** What each name in a text is worth, a line each; secrets are not shown. */
export function valuesIn(text: string, environment: Variables | undefined): string[] {
  const seen = new Map(namesIn(text, environment).map((one) => [one.name, one.kind]))
  return Array.from(seen, ([name, kind]) => {
    if (kind === 'unknown') return `{{${name}}}: not a variable of ${environment?.name ?? 'this environment'}`
    const found = environment?.variables.find((each) => each.name === name)
    const value = kind === 'secret' ? 'secret' : (found?.value ?? '')
    return `{{${name}}}: ${value}${found?.from === undefined ? '' : ` (${found.from})`}`
  })
}

/** A text of the same length in which each name is a number: what JSON it is once a name has its value. */
export function numbersForNames(text: string): string {
  return text.replace(nameMark, (whole) => '0'.padEnd(whole.length))
}

/** The name that is being typed at the caret, if one is. */
export function typedName(text: string, caret: number): TypedName | undefined {
  const found = begun.exec(text.slice(Math.max(0, caret - reach), caret))
  if (!found) return undefined
  const [whole, typed = ''] = found
  const after = rest.exec(text.slice(caret, caret + reach))?.[0].length ?? 0
  return { from: caret - whole.length, to: caret + after, typed }
}

/** The variables whose names fit what was typed: those that begin with it, then those that contain it. */
export function fittingNames(typed: string, environment: Variables | undefined) {
  const wanted = typed.toLowerCase()
  // Those that are another value each time are many: they are offered behind a $.
  const fitting = (environment?.variables ?? []).filter(
    ({ name }) => name.toLowerCase().includes(wanted) && (wanted.startsWith('$') || !name.startsWith('$')),
  )
  const begins = ({ name }: { name: string }) => name.toLowerCase().startsWith(wanted)
  return [...fitting.filter(begins), ...fitting.filter((one) => !begins(one))]
}
