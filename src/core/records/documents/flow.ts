import type { Failure } from '@contract/result'
import { z } from 'zod'
import { redirectKind } from '@contract/connections'
import { openObject } from './open-object.ts'
import { bySchema } from './by-schema.ts'
import { storedDocument } from './document.ts'
import { tlsFacts } from './tls-facts.ts'

const text = z.string()
const count = z.number()
const headers = z.array(z.tuple([text, text]))
const compared = openObject({ came: text, expected: text })
const failure = openObject({
  code: text,
  message: text,
  next: text.optional(),
  compared: compared.optional(),
})
const checks = z.array(
  openObject({
    id: text,
    label: text,
    state: z.enum(['valid', 'invalid', 'notice', 'not-checked']),
    detail: text,
    source: text.optional(),
    compared: compared.optional(),
  }),
)

const purposes = [
  'discovery',
  'registration',
  'pushed',
  'device',
  'token',
  'keys',
  'userinfo',
  'introspection',
  'revocation',
  'api',
  'other',
] as const

const step = z.discriminatedUnion('kind', [
  openObject({
    kind: z.literal('exchange'),
    purpose: z.enum(purposes),
    at: count,
    method: text,
    url: text,
    requestHeaders: headers,
    requestBody: text.optional(),
    requestBodyCut: z.boolean().optional(),
    status: count.optional(),
    responseHeaders: headers.optional(),
    responseBody: text.optional(),
    responseBodyCut: z.boolean().optional(),
    waiting: count.optional(),
    took: count,
    failed: text.optional(),
    proxy: text.optional(),
    tls: tlsFacts.optional(),
  }),
  openObject({ kind: z.literal('browser'), at: count, url: text, opened: z.boolean() }),
  openObject({
    kind: z.literal('callback'),
    at: count,
    way: z.enum([...redirectKind.options, 'pasted']),
    url: text,
    checks,
    refused: failure.optional(),
    took: count.optional(),
  }),
  openObject({ kind: z.literal('checks'), at: count, title: text, checks, connectionId: text.optional() }),
])

/** `flows.steps`: what crossed the wire, without secrets. */
export const flowStepsDocument = storedDocument<z.infer<typeof step>[]>({
  name: 'flow',
  called: 'flow',
  check: bySchema(z.array(step)),
})

/** `flows.failure`: why it did not go well. */
export const flowFailureDocument = storedDocument<Failure>({
  name: 'flow-failure',
  called: 'failure of a flow',
  check: bySchema(failure),
})
