import type { ExchangeView, Remedy } from '@contract/requests'
import { captureScopes } from '@contract/tables/own-checks'
import { z } from 'zod'
import { openObject } from './open-object.ts'
import { bySchema } from './by-schema.ts'
import { storedDocument } from './document.ts'
import { tlsFacts } from './tls-facts.ts'

const text = z.string()
const count = z.number()
const headers = z.array(z.tuple([text, text]))
const failure = openObject({ code: text, message: text, next: text.optional() })

const remedy: z.ZodType<Remedy> = z.discriminatedUnion('kind', [
  openObject({
    kind: z.literal('sign-in'),
    label: text,
    accountId: text,
    connectionId: text,
    scope: text.optional(),
    acrValues: text.optional(),
    maxAgeSeconds: count.optional(),
  }),
  openObject({ kind: z.literal('send-as'), label: text, accountId: text }),
  openObject({ kind: z.literal('environment'), label: text, environmentId: text }),
  openObject({ kind: z.literal('proxy-login'), label: text, proxy: text }),
  openObject({ kind: z.literal('follow'), label: text, origins: z.array(text) }),
  openObject({ kind: z.literal('allow-token'), label: text, accountId: text, origin: text }),
])

const refusal = openObject({
  headline: text,
  certainty: z.enum(['certain', 'likely', 'unknown']),
  retryAt: count.optional(),
  facts: z.array(
    openObject({
      label: text,
      text: text.optional(),
      items: z.array(text).optional(),
      missing: z.array(text).optional(),
      wire: z.boolean().optional(),
      sent: z.boolean().optional(),
    }),
  ),
  next: text,
})

const checked = openObject({
  expression: text,
  operator: text,
  outcome: z.enum(['passed', 'failed', 'not-judged']),
  expected: text.optional(),
  actual: text.optional(),
  reason: text.optional(),
})

const captured = openObject({
  name: text,
  expression: text,
  scope: z.enum(captureScopes),
  outcome: z.enum(['captured', 'missing']),
  value: text.optional(),
  secret: z.literal(true).optional(),
  reason: text.optional(),
  stale: z.literal(true).optional(),
})

const timing = openObject({
  preparing: count.optional(),
  token: count.optional(),
  firstTry: count.optional(),
  waiting: count,
  receiving: count,
  total: count,
})

const schema: z.ZodType<ExchangeView> = openObject({
  id: text,
  requestId: text.optional(),
  at: count,
  method: text,
  url: text,
  accountName: text.optional(),
  status: count.optional(),
  duration: count.optional(),
  errorCode: text.optional(),
  unchecked: z.literal(true).optional(),
  pinned: z.literal(true).optional(),
  sent: openObject({ headers, bodySize: count, bodyText: text.optional() }),
  carried: openObject({
    accountId: text,
    displayName: text,
    connectionName: text,
    life: openObject({
      issuedAt: count.optional(),
      notBefore: count.optional(),
      expiresAt: count.optional(),
      revokedAt: count.optional(),
    }),
    scope: text,
    refreshed: z.boolean(),
  }).optional(),
  resent: openObject({ firstStatus: count, refreshFailed: text.optional() }).optional(),
  connection: openObject({ proxy: text.optional(), tls: tlsFacts.optional() }).optional(),
  notes: z.array(text).optional(),
  hops: z.array(openObject({ method: text, url: text, status: count, leftBehind: z.array(text) })).optional(),
  tokenLeftBehind: z.boolean().optional(),
  response: openObject({
    url: text.optional(),
    status: count,
    statusText: text,
    headers,
    bodySize: count,
    contentType: text,
    declaredType: text.optional(),
    truncated: z.boolean(),
    keptSize: count.optional(),
    undecoded: text.optional(),
    firstText: text.optional(),
  }).optional(),
  timing: timing.optional(),
  error: failure.optional(),
  refusal: refusal.optional(),
  checks: z.array(checked).optional(),
  captures: z.array(captured).optional(),
  remedies: z.array(remedy).optional(),
})

/** `exchanges.view`: one sending with its response, without any token text. */
export const exchangeDocument = storedDocument<ExchangeView>({
  name: 'exchange',
  called: 'exchange',
  check: bySchema(schema),
})

/** The view of an exchange whose body is stored beside it: the first of its text is read from there. */
export function withoutFirstText(view: ExchangeView): ExchangeView {
  if (view.response?.firstText === undefined) return view
  const { firstText: _text, ...response } = view.response
  return { ...view, response }
}
