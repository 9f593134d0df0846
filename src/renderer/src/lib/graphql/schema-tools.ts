import {
  buildClientSchema,
  GraphQLError,
  parse,
  validate,
  type GraphQLSchema,
  type IntrospectionQuery,
} from 'graphql'
import { getAutocompleteSuggestions, Position } from 'graphql-language-service'
import { nameMark } from '../names.ts'
import type { Answers } from './messages.ts'

const mostFaults = 50
const mostOptions = 300
/** A longer query is not checked, in characters. */
const longestQuery = 200_000

/** The schema that a response to an introspection query describes, or why it is none. */
export function schemaOf(text: string): { schema: GraphQLSchema } | { fault: string } {
  let answer: unknown
  try {
    answer = JSON.parse(text)
  } catch {
    return { fault: 'the response is not JSON' }
  }
  const data = member(answer, 'data')
  if (member(data, '__schema') === undefined) {
    const errors = member(answer, 'errors')
    const says: unknown = Array.isArray(errors) ? member(errors[0], 'message') : undefined
    return {
      fault: typeof says === 'string' ? `the server says: ${says.slice(0, 300)}` : 'it describes no schema',
    }
  }
  try {
    return { schema: buildClientSchema(data as IntrospectionQuery, { assumeValid: true }) }
  } catch (thrown) {
    return { fault: thrown instanceof Error ? thrown.message.slice(0, 300) : 'it describes no schema' }
  }
}

/** How many types of its own a schema has. */
export function typeCount(schema: GraphQLSchema): number {
  return Object.keys(schema.getTypeMap()).filter((name) => !name.startsWith('__')).length
}

/** What is wrong in a query: its form, and with a schema what that does not have. What a variable stands for is not known,
 *  and nothing is said of it. */
export function faultsOf(schema: GraphQLSchema | undefined, query: string): Answers['check'] {
  if (query.trim() === '' || query.length > longestQuery) return []
  const marks = Array.from(
    query.matchAll(nameMark),
    ({ 0: whole, index }) => [index, index + whole.length] as const,
  )
  const text = query.replace(nameMark, (whole) => '0'.padEnd(whole.length))
  return errorsOf(schema, text)
    .map((error) => {
      const { start, end } = error.nodes?.[0]?.loc ?? {}
      const from = start ?? error.positions?.[0] ?? 0
      const line = text.indexOf('\n', from)
      return {
        from,
        to: Math.min(end ?? from + 1, line < 0 ? text.length : Math.max(line, from + 1)),
        message: error.message,
      }
    })
    .filter(({ from, to }) => !marks.some(([start, end]) => from < end && to > start))
    .slice(0, mostFaults)
}

function errorsOf(schema: GraphQLSchema | undefined, text: string): readonly GraphQLError[] {
  try {
    const document = parse(text, { maxLexicalTokens: 20_000 })
    return schema ? validate(schema, document, undefined, { maxErrors: mostFaults }) : []
  } catch (thrown) {
    return thrown instanceof GraphQLError ? [thrown] : []
  }
}

/** What fits at a character of a query. */
export function completionsOf(schema: GraphQLSchema, query: string, at: number): Answers['complete'] {
  if (query.length > longestQuery) return null
  const before = query.slice(0, at)
  let start = at
  while (start > 0 && /\w/.test(query.charAt(start - 1))) start -= 1
  const line = before.split('\n').length - 1
  const cursor = new Position(line, at - (before.lastIndexOf('\n') + 1))
  const found = getAutocompleteSuggestions(schema, query, cursor)
  return {
    from: start,
    options: found.slice(0, mostOptions).map(({ label, detail, documentation }) => ({
      label,
      ...(detail && { detail: detail.slice(0, 80) }),
      ...(documentation && { info: documentation.slice(0, 500) }),
    })),
  }
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
}
