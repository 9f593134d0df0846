import { buildSchema, getIntrospectionQuery, graphqlSync } from 'graphql'
import { describe, expect, it } from 'vitest'
import {
  completionsOf,
  faultsOf,
  schemaOf,
  typeCount,
} from '../../../../src/renderer/src/lib/graphql/schema-tools.ts'

const source = buildSchema(`
  "A person."
  type User { id: ID!, name: String, friends(first: Int): [User!]! }
  type Query { user(id: ID!): User, me: User }
`)
const described = JSON.stringify(graphqlSync({ schema: source, source: getIntrospectionQuery() }))
const read = schemaOf(described)
if ('fault' in read) throw new Error(read.fault)
const { schema } = read

describe('the schema that a server describes', () => {
  it('is read, or the reason is told', () => {
    expect(typeCount(schema)).toBeGreaterThanOrEqual(5)
    expect(schemaOf('<html>')).toEqual({ fault: 'the response is not JSON' })
    expect(schemaOf('{"errors":[{"message":"introspection is off"}]}')).toEqual({
      fault: 'the server says: introspection is off',
    })
    for (const text of ['{}', 'null', '{"data":null}', '{"errors":"x"}'])
      expect(schemaOf(text)).toEqual({ fault: 'it describes no schema' })
    expect(schemaOf('{"data":{"__schema":{"types":[{"kind":"ODD"}]}}}')).toMatchObject({
      fault: expect.any(String),
    })
  })

  it('tells what a query has that it does not', () => {
    const query = '{\n  me { name }\n  user(id: 1) { nam }\n}'
    expect(faultsOf(schema, query)).toEqual([
      {
        from: query.indexOf('nam }'),
        to: query.indexOf('nam }') + 3,
        message: expect.stringContaining('"nam"'),
      },
    ])
    expect(faultsOf(undefined, query)).toEqual([])
    expect(faultsOf(undefined, '{ me { name }')).toMatchObject([
      { message: expect.stringContaining('Syntax Error') },
    ])
    expect(faultsOf(schema, '')).toEqual([])
  })

  it('says nothing of what a variable stands for', () => {
    expect(faultsOf(schema, '{ user(id: {{id}}) { name } }')).toEqual([])
    expect(faultsOf(schema, '{ user(id: "{{id}}") { friends(first: {{n}}) { id } } }')).toEqual([])
  })

  it('completes fields and arguments', () => {
    const at = (text: string) => {
      const caret = text.indexOf('|')
      return completionsOf(schema, text.replace('|', ''), caret)
    }
    expect(at('{ us|')).toMatchObject({ from: 2, options: [{ label: 'user' }, expect.anything()] })
    expect(at('{\n  me {\n    fri| } }')?.options.map(({ label }) => label)).toContain('friends')
    expect(at('{ user(|) }')?.options.map(({ label }) => label)).toContain('id')
  })
})
