import fc, { type Arbitrary } from 'fast-check'
import { z } from 'zod'
import { calls } from '@calls/calls'
import type { ChannelName } from '@calls/channels'

/** As much of JSON Schema as zod writes for the contract. */
export interface Schema {
  type?: string
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: boolean | Schema
  items?: Schema
  prefixItems?: Schema[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  enum?: unknown[]
  const?: unknown
  format?: string
  pattern?: string
  minLength?: number
  maxLength?: number
  maxItems?: number
  minItems?: number
  minimum?: number
  maximum?: number
}

/** What a channel's argument looks like. */
export const schemaOf = (channel: ChannelName): Schema =>
  z.toJSONSchema(calls[channel].input, { io: 'input', unrepresentable: 'any' }) as Schema

const text = ({ format, pattern, minLength = 0, maxLength = 64 }: Schema): Arbitrary<string> => {
  if (format === 'uuid') return fc.uuid()
  if (pattern !== undefined)
    return fc.stringMatching(new RegExp(pattern)).map((made) => made.slice(0, maxLength))
  const longest = Math.min(maxLength, 64)
  return fc.oneof(
    fc.string({ minLength: Math.min(minLength, longest), maxLength: longest }),
    fc.webUrl().map((url) => url.slice(0, maxLength)),
  )
}

/** Values that fit the schema (as far as it tells: the judge has the last word). */
export const fitting = (schema: Schema): Arbitrary<unknown> => {
  const choice = schema.anyOf ?? schema.oneOf
  if (choice) return fc.oneof(...choice.map(fitting))
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  switch (schema.type) {
    case 'string':
      return text(schema)
    case 'number':
    case 'integer':
      return fc.integer({
        min: Math.max(schema.minimum ?? 0, -1e9),
        max: Math.min(schema.maximum ?? 1e6, 1e9),
      })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array':
      return fc.array(fitting(schema.items ?? {}), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.max(schema.minItems ?? 0, Math.min(schema.maxItems ?? 3, 3)),
      })
    case 'object': {
      const members = Object.entries(schema.properties ?? {}).map(([name, each]) => [name, fitting(each)])
      return fc.record(Object.fromEntries(members) as Record<string, Arbitrary<unknown>>, {
        requiredKeys: schema.required ?? [],
      })
    }
    default:
      return fc.constant(null)
  }
}

/** A payload that a report shows in short: some are too deep or too large to be printed. */
export interface Payload {
  value: unknown
}

const brief = (value: unknown): string => {
  try {
    return JSON.stringify(value, (_name, member: unknown) =>
      typeof member === 'bigint' ? `${member}n` : member,
    ).slice(0, 300)
  } catch {
    return `not printable: ${Object.prototype.toString.call(value)}`
  }
}
const payload = (value: unknown): Payload =>
  Object.defineProperty({ value }, fc.toStringMethod, { value: () => brief(value) })

const nested = (depth: number): unknown => {
  let value: unknown = 'deep'
  for (let level = 0; level < depth; level += 1) value = level % 2 ? [value] : { value }
  return value
}
const owned = (name: string, value: unknown): object =>
  Object.defineProperty({}, name, { value, enumerable: true, configurable: true, writable: true })

/** What no member of any argument may be. */
const junk: Arbitrary<unknown> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
      withSparseArray: true,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom<unknown>(
      Number.NaN,
      Infinity,
      -0,
      2 ** 53,
      -1,
      1.5,
      10n ** 40n,
      '',
      '\0',
      '\ud800',
      ' ',
    ),
  },
  { weight: 2, arbitrary: fc.constantFrom(4, 9, 11, 40, 500, 5_000).map(nested) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown>(
      new Date(0),
      new Map([['a', 1]]),
      /x/,
      new Error('x'),
      new ArrayBuffer(8),
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('__proto__', 'constructor', 'toString', 'valueOf')
      .map((name) => owned(name, { polluted: true })),
  },
)

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Puts `value` in the place of one member, at any depth; `steps` choose the way. */
const replaced = (input: unknown, steps: number[], value: unknown): unknown => {
  const [step, ...rest] = steps
  if (step === undefined) return value
  if (Array.isArray(input) && input.length > 0) {
    const at = step % input.length
    return input.map((item: unknown, index) => (index === at ? replaced(item, rest, value) : item))
  }
  if (!isRecord(input) || Object.keys(input).length === 0) return value
  const names = Object.keys(input)
  const name = names[step % names.length] ?? ''
  return { ...input, [name]: replaced(input[name], rest, value) }
}

const withMember = (input: unknown, name: string, value: unknown): unknown =>
  Object.defineProperty(isRecord(input) ? { ...input } : {}, name, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  })

/** Wrong by the way they are made: none of these may reach a handler. */
export const malformed = (schema: Schema): Arbitrary<Payload> => {
  const good = fitting(schema)
  const required = schema.required ?? []
  const ways: { weight: number; arbitrary: Arbitrary<unknown> }[] = [
    {
      weight: 3,
      arbitrary: fc.constantFrom<unknown>(undefined, null, 0, 1n, '', 'text', true, [], [{}], Number.NaN),
    },
    { weight: 2, arbitrary: fc.constantFrom(11, 12, 40, 500, 5_000).map(nested) },
    {
      weight: 1,
      arbitrary: fc.constantFrom<unknown>(new Map(), new Set(), new Date(0), new Uint8Array(4), /x/),
    },
    {
      weight: 4,
      arbitrary: fc
        .tuple(good, fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'extra', ''))
        .map(([input, name]) => withMember(input, name, { polluted: true })),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(good, fc.integer({ min: 11, max: 500 }))
        .map(([input, depth]) => withMember(input, 'extra', nested(depth))),
    },
    { weight: 1, arbitrary: good.map((input) => [input]) },
    { weight: 1, arbitrary: good.map((input) => JSON.stringify(input)) },
  ]
  if (required.length > 0) {
    ways.push(
      {
        weight: 4,
        arbitrary: fc.tuple(good, fc.constantFrom(...required)).map(([input, name]) => {
          const { [name]: _gone, ...rest } = input as Record<string, unknown>
          return rest
        }),
      },
      {
        weight: 4,
        arbitrary: fc
          .tuple(
            good,
            fc.constantFrom(...required),
            fc.constantFrom<unknown>(undefined, 1n, new Map(), new Date(0), nested(20), Number.NaN),
          )
          .map(([input, name, value]) => ({ ...(input as object), [name]: value })),
      },
    )
  }
  return fc.oneof(...ways).map(payload)
}

/** Near misses and plain junk: the judge says which of them fit. */
export const doubtful = (schema: Schema): Arbitrary<Payload> =>
  fc
    .oneof(
      { weight: 1, arbitrary: junk },
      {
        weight: 3,
        arbitrary: fc
          .tuple(fitting(schema), fc.array(fc.nat(20), { minLength: 1, maxLength: 4 }), junk)
          .map(([input, steps, value]) => replaced(input, steps, value)),
      },
    )
    .map(payload)

// Made once: each costs memory.
const excessive: [string, unknown][] = [
  ['text', 'x'.repeat(34_000_000)],
  ['members', Object.fromEntries(Array.from({ length: 30_000 }, (_, index) => [`k${index}`, index]))],
  ['items', new Array(1_000_000)],
  ['nesting', nested(100_000)],
]

/** Larger than anything may be: alone and as the first member. */
export const enormous = (schema: Schema): { what: string; value: unknown }[] => {
  const [good] = fc.sample(fitting(schema), 1)
  const name = Object.keys(schema.properties ?? {})[0] ?? 'extra'
  return excessive.flatMap(([what, value]) => [
    { what, value },
    { what: `${what} in ${name}`, value: withMember(good, name, value) },
  ])
}
