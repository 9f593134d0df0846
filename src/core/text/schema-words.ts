import type { z } from 'zod'

type Issue = Parameters<z.core.$ZodErrorMap>[0]

/** What is wrong with a member, in words of this program; to be given to zod, whose own are for programmers. What a schema
 *  says itself goes before. Part of a sentence whose subject is the member; never its value. */
export function schemaWords(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : `is not ${kindOf(issue.expected)}`
    case 'invalid_value':
      return `must be ${oneOf(issue.values)}`
    case 'too_big':
      return sized(issue.origin, 'at most', issue.maximum)
    case 'too_small':
      return sized(issue.origin, 'at least', issue.minimum)
    case 'invalid_format':
      return issue.format === 'url' ? 'is not a web address' : 'has the wrong format'
    case 'unrecognized_keys':
      return `has unknown members (${issue.keys.slice(0, 3).map(short).join(', ')})`
    case 'not_multiple_of':
      return `is not divisible by ${issue.divisor}`
    case 'invalid_key':
      return 'has a member whose name is not allowed'
    default:
      return 'is not what was expected'
  }
}

const kinds: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
}

function kindOf(expected: string): string {
  return (Object.hasOwn(kinds, expected) ? kinds[expected] : undefined) ?? 'what was expected'
}

/** Of a schema, never of an input. */
function oneOf(values: readonly unknown[]): string {
  const names = values.slice(0, 30).map((value) => short(String(value)))
  return names.length === 1 ? (names[0] ?? '') : `one of ${names.join(', ')}`
}

function sized(origin: string, bound: 'at most' | 'at least', size: number | bigint): string {
  const number = size.toLocaleString('en')
  if (origin === 'string')
    return size === 1 && bound === 'at least' ? 'is empty' : `must have ${bound} ${number} characters`
  if (origin === 'array' || origin === 'set') return `must have ${bound} ${number} entries`
  return `must be ${bound} ${number}`
}

function short(name: string): string {
  return name.slice(0, 40)
}
