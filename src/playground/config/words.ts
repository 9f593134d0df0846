import { YAMLParseError, type ErrorCode } from 'yaml'
import type { z } from 'zod'

/** What is wrong with a file, in words of this program: the libraries' own are for programmers. */
export const yamlWords = {
  ALIAS_PROPS: 'a reference (*name) cannot have a name or a tag of its own',
  BAD_ALIAS: 'a name (&name) or a reference (*name) is malformed',
  BAD_COLLECTION_TYPE: 'a tag does not fit the value it is on',
  BAD_DIRECTIVE: 'a line starting with % is unknown',
  BAD_DQ_ESCAPE: 'has an unknown escape sequence (\\)',
  BAD_INDENT: 'has the wrong indentation, or a bracket is not closed',
  BAD_PROP_ORDER: 'a name (&name) or a tag has to follow the - or the ?',
  BAD_SCALAR_START: 'text that starts like this needs quotes',
  BLOCK_AS_IMPLICIT_KEY: 'has two settings on one line',
  BLOCK_IN_FLOW: 'has an indented part within brackets',
  DUPLICATE_KEY: 'appears twice',
  IMPOSSIBLE: 'is not YAML',
  KEY_OVER_1024_CHARS: 'has a name of more than 1,024 characters',
  MISSING_CHAR: 'lacks a character: a quote, a bracket, a comma, a colon or a space',
  MULTILINE_IMPLICIT_KEY: 'has a name that spans several lines',
  MULTIPLE_ANCHORS: 'has two names (&name)',
  MULTIPLE_DOCS: 'has more than one document',
  MULTIPLE_TAGS: 'has two tags',
  NON_STRING_KEY: 'has a name that is not text',
  RESOURCE_EXHAUSTION: 'is nested too deeply',
  TAB_AS_INDENT: 'is indented with a tab; use spaces',
  TAG_RESOLVE_FAILED: 'has a tag that is unknown or does not fit',
  UNEXPECTED_TOKEN: 'has something that is not allowed there',
} as const satisfies Record<ErrorCode, string>

/** What a schema has against a setting, to be given to zod; what the schema says itself goes before. Never the value. */
export function settingWords(issue: Parameters<z.core.$ZodErrorMap>[0]): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : `must be ${kinds[issue.expected] ?? issue.expected}`
    case 'invalid_value':
      return `must be ${issue.values.length === 1 ? '' : 'one of '}${issue.values.map(String).join(', ')}`
    case 'too_big':
      return `must ${measure(issue.origin, `at most ${issue.maximum}`)}`
    case 'too_small':
      return `must ${measure(issue.origin, `at least ${issue.minimum}`)}`
    default:
      return 'has the wrong format'
  }
}

/** A fault that this program found itself. */
export class OwnFault extends Error {}

/** Why a value could not be read, by the kind of what was thrown. */
export function faultWords(thrown: unknown): string {
  if (thrown instanceof OwnFault) return thrown.message
  if (thrown instanceof YAMLParseError) return yamlWords[thrown.code]
  if (thrown instanceof ReferenceError) return growing
  if (thrown instanceof SyntaxError) return 'is not JSON'
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : ''
  if (code === 'ENOENT') return 'names a file that does not exist'
  return /^E[A-Z]{2,12}$/.test(code) ? `cannot be read (${code})` : 'cannot be used for this'
}

const growing = 'has references (*name) that lead nowhere or grow without end'

const kinds: Partial<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
}

function measure(origin: string, bound: string): string {
  if (origin === 'string') return `have ${bound} characters`
  return origin === 'array' ? `have ${bound} entries` : `be ${bound}`
}
