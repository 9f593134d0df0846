import { getIntrospectionQuery, type GraphQLSchema } from 'graphql'
import { formatQuery } from './format-query.ts'
import type { Answered, Answers, Ask, Asked } from './messages.ts'
import { completionsOf, faultsOf, schemaOf, typeCount } from './schema-tools.ts'

let schema: GraphQLSchema | undefined

async function open(body: string): Promise<Answers['open']> {
  const answer = await fetch(body)
  if (!answer.ok) return { fault: 'the response is gone' }
  const made = schemaOf(await answer.text())
  if ('fault' in made) return made
  schema = made.schema
  return { types: typeCount(schema) }
}

async function answer(ask: Ask): Promise<Answers[keyof Answers]> {
  if (ask.kind === 'open') return open(ask.body)
  if (ask.kind === 'introspection') return getIntrospectionQuery()
  if (ask.kind === 'check') return faultsOf(schema, ask.query)
  if (ask.kind === 'format') return formatQuery(ask.query)
  return schema ? completionsOf(schema, ask.query, ask.at) : null
}

self.addEventListener('message', ({ data }: MessageEvent<Asked>) => {
  const nothing = data.kind === 'open' ? { fault: 'it cannot be read' } : data.kind === 'check' ? [] : null
  void answer(data)
    .catch(() => nothing)
    .then((found) => self.postMessage({ number: data.number, answer: found } satisfies Answered))
})
