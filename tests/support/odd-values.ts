import fc, { type Arbitrary } from 'fast-check'
import type { ChannelName } from '../../src/preload/calls/channels.ts'
import { schemaOf, type Schema } from '../contract/support/payloads.ts'

/** What names what is there: the identifiers by the kind of thing, the passwords that open something, and what else is
 *  called by the name of a member. */
export interface Known {
  ids: (kind: string) => string[]
  passwords: string[]
  texts: (member: string) => string[]
}

/** Few on purpose, so that the same come again: what looks alike, folds alike or is no text at all. */
const words = [
  '',
  ' ',
  'a',
  'A',
  'ä',
  'a\u0308',
  '\0',
  'a\0b',
  '\0a',
  '\ud800',
  '\ud801',
  '\udc00a',
  'a\udfff',
  '\ufffd',
  '\u202e',
  '\r\n',
  '__proto__',
  'constructor',
  '{{a}}',
  '{{',
  'https://api.example/\ud800?\0=%00%ff',
  'http://127.0.0.1:9/',
  'http://[::1',
  '%',
  '%ED%A0%80',
  'eyJhbGciOiJub25lIn0.e30.',
  '{"a":"\\ud800"}',
  '-'.repeat(64),
  'NaN',
  '1e999',
]

/** Well-formed arguments of a channel with odd values in them. */
export const oddArgument = (channel: ChannelName, known: Known): Arbitrary<unknown> => {
  const values = (schema: Schema, name: string): Arbitrary<unknown> => {
    const choice = schema.anyOf ?? schema.oneOf
    if (choice) return fc.oneof(...choice.map((each) => values(each, name)))
    if (schema.const !== undefined) return fc.constant(schema.const)
    if (schema.enum) return fc.constantFrom(...schema.enum)
    switch (schema.type) {
      case 'string':
        return text(schema, name)
      case 'number':
      case 'integer':
        return fc.constantFrom(schema.minimum ?? -1, 0, 1, schema.maximum ?? Number.MAX_SAFE_INTEGER)
      case 'boolean':
        return fc.boolean()
      case 'array': {
        const item = values(schema.items ?? {}, name)
        const minLength = schema.minItems ?? 0
        const maxLength = Math.max(minLength, Math.min(schema.maxItems ?? 4, 4))
        // The same item more than once.
        return fc.oneof(
          fc.array(item, { minLength, maxLength }),
          item.map((one) => Array.from({ length: maxLength }, () => one)),
        )
      }
      case 'object': {
        const members = Object.entries(schema.properties ?? {}).map(([each, of]) => [each, values(of, each)])
        const record = fc.record(Object.fromEntries(members) as Record<string, Arbitrary<unknown>>, {
          requiredKeys: schema.required ?? [],
        })
        const further = schema.additionalProperties
        if (typeof further !== 'object') return record
        const more = fc.dictionary(fc.constantFrom(...words), values(further, name), { maxKeys: 3 })
        return fc.tuple(record, more).map(([one, other]) => ({ ...other, ...(one as object) }))
      }
      default:
        return fc.constant(null)
    }
  }
  const text = ({ format, pattern, minLength = 0, maxLength = 1_000_000 }: Schema, name: string) => {
    if (format === 'uuid') {
      const kind = name === 'id' ? (channel.split(':')[0] ?? '') : name.replace(/Id$/, 's')
      const [there, all] = [known.ids(kind), known.ids('')]
      return fc.oneof(
        { weight: 6, arbitrary: there.length > 0 ? fc.constantFrom(...there) : fc.uuid() },
        { weight: 1, arbitrary: all.length > 0 ? fc.constantFrom(...all) : fc.uuid() },
        { weight: 1, arbitrary: fc.uuid() },
      )
    }
    if (/password/i.test(name))
      return fc.oneof(fc.constantFrom(...known.passwords), fc.constantFrom(...words))
    const fitting =
      pattern === undefined
        ? fc.constant('x')
        : fc.stringMatching(new RegExp(pattern)).map((made) => made.slice(0, maxLength))
    const longest = Math.min(maxLength, 200_000)
    const there = channel.startsWith('collections:') ? known.texts(name) : []
    return fc.oneof(
      ...(there.length > 0 ? [{ weight: 20, arbitrary: fc.constantFrom(...there) }] : []),
      { weight: 3, arbitrary: fitting },
      {
        weight: 8,
        arbitrary: fc.constantFrom(...words).map((word) => word.padEnd(minLength, 'x').slice(0, maxLength)),
      },
      {
        weight: 2,
        arbitrary: fc.string({ unit: 'binary', maxLength: 12 }).map((made) => made.slice(0, maxLength)),
      },
      {
        weight: 1,
        arbitrary: fc.constantFrom('x', '\ud800', '\0', '%', '{').map((one) => one.repeat(longest)),
      },
    )
  }
  return values(schemaOf(channel), '')
}
