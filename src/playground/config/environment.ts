import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import { ConfigurationError, type PlacedProblem } from './problems.ts'
import { configurationSchema } from './schema.ts'
import { faultWords, OwnFault } from './words.ts'

export const prefix = 'GATEHOUSE_PLAYGROUND_'

export type Setting = { name: string; path: string[]; isText: boolean }

const maximumLength = 1024 * 1024

/** Every setting that has a name in the environment: the path in the file, in capitals. */
export const settings: readonly Setting[] = settingsOf(configurationSchema, [])

/**
 * Reads what the environment says. Texts are as they are; numbers, switches, lists and objects as YAML or JSON.
 * `NAME_FILE` names a file that holds the value, without the line break at its end.
 */
export function readEnvironment(environment: Readonly<Record<string, string | undefined>>) {
  const found: { setting: Setting; name: string; value: unknown }[] = []
  const problems: PlacedProblem[] = []
  for (const [name, text] of Object.entries(environment)) {
    // The name of the file itself is for the command line.
    if (!name.startsWith(prefix) || name === `${prefix}CONFIG` || text === undefined) continue
    const plain = settings.find((setting) => setting.name === name)
    const setting = plain ?? settings.find((one) => `${one.name}_FILE` === name)
    if (!setting) {
      problems.push({ place: name, message: 'is not a setting of the playground' })
      continue
    }
    if (found.some((one) => one.setting === setting)) {
      problems.push({ place: name, message: `is set twice: ${setting.name} and ${setting.name}_FILE` })
      continue
    }
    try {
      const raw = plain ? text : readValue(text)
      found.push({
        setting,
        name,
        value: setting.isText ? raw : (parse(raw, { maxAliasCount: 100 }) as unknown),
      })
    } catch (thrown) {
      problems.push({ place: name, message: faultWords(thrown) })
    }
  }
  if (problems.length > 0) throw new ConfigurationError(problems)
  return found
}

/** Reads a mounted secret. */
export function readValue(file: string): string {
  const text = readFileSync(file, 'utf8')
  if (text.length > maximumLength) throw new OwnFault(`${file} is longer than 1 MB`)
  return text.replace(/\r?\n$/, '')
}

function settingsOf(schema: z.ZodObject, path: string[]): Setting[] {
  return Object.entries(schema.shape).flatMap(([key, member]) => {
    if (key.startsWith('$')) return []
    const here = [...path, key]
    const bare = unwrapped(member as z.ZodType)
    if (bare instanceof z.ZodObject && !key.startsWith('jwks')) return settingsOf(bare, here)
    return [
      { name: nameOf(here), path: here, isText: bare instanceof z.ZodString || bare instanceof z.ZodEnum },
    ]
  })
}

function nameOf(path: readonly string[]): string {
  return prefix + path.map((part) => part.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()).join('_')
}

function unwrapped(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault)
    return unwrapped(schema.unwrap() as z.ZodType)
  return schema
}
