import { defined } from '@contract/defined'
import type { Capture, CaptureResult } from '@contract/sending/captures'
import { variableName } from '@contract/words'
import { captureValues, looksIntoBody, type Captured, type Capturing } from '../../checks/capture.ts'
import { readExpression } from '../../checks/expression.ts'
import type { HttpAnswer } from '../../http/wire.ts'
import { redactTokens } from '../../secrecy/redact.ts'
import { isSecretTaken, type TakenValue } from '../../secrecy/taken.ts'
import type { CapturedValue, RequestScope } from '../requests/scope/request-scope.ts'
import type { SeenBody } from './raw-body.ts'

/** Captures beside the main thread; nothing where that takes too long. */
export type CaptureBeside = (capturing: Capturing) => Promise<Captured[] | undefined>

interface Around {
  answer: HttpAnswer
  /** The body as it came, in the place of that of the answer. */
  body: SeenBody
  scope: RequestScope | undefined
  /** Covers what is secret in a text. */
  cover: (text: string) => string
  beside: CaptureBeside
}

/** Gives variables the values that a response has for them, and tells what became of each capture, without the secret ones. */
export async function fillCaptures(
  captures: readonly Capture[],
  { answer, body, scope, cover, beside }: Around,
): Promise<CaptureResult[] | undefined> {
  const used = captures.filter(({ enabled }) => enabled)
  if (used.length === 0) return undefined
  const found = await valuesOf(used, { answer, body, beside })
  const kept: CapturedValue[] = []
  const results = used.map((one, index): CaptureResult => {
    const { scope: place } = one
    const value = fit(one, found[index] ?? { reason: tookTooLong }, scope)
    const base = {
      name: one.name,
      expression: redactTokens(cover(one.expression)),
      scope: place,
    }
    if ('reason' in value) return { ...base, outcome: 'missing', reason: redactTokens(cover(value.reason)) }
    const from = placeOf(one.expression)
    const secret =
      scope?.isSecret?.(one.name) === true ||
      isSecretTaken({ value: value.value, name: one.name, from }, cover)
    kept.push({ name: one.name, scope: place, value: value.value, secret })
    const shown = secret ? { secret } : { value: value.value.slice(0, longestShown) }
    return { ...base, outcome: 'captured', ...shown }
  })
  const missing = results.filter(({ outcome }) => outcome === 'missing')
  if (scope?.keepCaptured === undefined) return results
  const saved = scope.keepCaptured(kept, missing)
  if (saved.ok) return withStale(results, saved.value)
  const { message } = saved.error
  return results.map((each) =>
    each.outcome === 'missing'
      ? each
      : {
          name: each.name,
          expression: each.expression,
          scope: each.scope,
          outcome: 'missing',
          reason: message,
        },
  )
}

/** Captures of a request that got no response. */
export function withoutResponse(
  captures: readonly Capture[],
  scope: Pick<RequestScope, 'keepCaptured'> | undefined,
): { captures?: CaptureResult[] } {
  const used = captures.filter(({ enabled }) => enabled)
  if (used.length === 0) return {}
  const results = used.map(({ name, expression, scope }): CaptureResult => ({
    name,
    expression: redactTokens(expression),
    scope,
    outcome: 'missing',
    reason: 'There was no response.',
  }))
  const marked = scope?.keepCaptured?.([], results)
  return { captures: marked?.ok === true ? withStale(results, marked.value) : results }
}

/** The results, marked where an earlier value stays. */
function withStale(results: readonly CaptureResult[], stale: readonly CaptureResult[]): CaptureResult[] {
  return results.map((each) => (stale.includes(each) ? { ...each, stale: true } : each))
}

const longestShown = 500
const tookTooLong = 'It took over 2 seconds and was stopped.'
const isName = new RegExp(`^${variableName}$`)

async function valuesOf(
  used: readonly Capture[],
  { answer, body, beside }: Pick<Around, 'answer' | 'body' | 'beside'>,
): Promise<Captured[]> {
  const { status, statusText, headers, url, timing, contentType } = answer
  const seen = { status, statusText, headers, url, time: timing.total }
  if (!used.some(looksIntoBody)) return captureValues(used, { ...seen, body: undefined })
  const asked = 'bytes' in body ? { body: { bytes: body.bytes, contentType } } : {}
  const missing = defined({ bodyMissing: 'bytes' in body ? undefined : body.reason })
  const found = await beside({ captures: used, answer: { ...seen, ...missing }, ...asked })
  if (found) return found
  return used.flatMap((each) =>
    looksIntoBody(each) ? [{ reason: tookTooLong }] : captureValues([each], { ...seen, body: undefined }),
  )
}

/** A value, if a variable can take it here. */
function fit({ name }: Capture, found: Captured, scope: RequestScope | undefined): Captured {
  if (scope?.keepCaptured === undefined)
    return { reason: 'Only a request in a collection can capture values. Save it into one.' }
  if (isName.test(name)) return found
  return { reason: `“${name.slice(0, 60)}” is not the name of a variable: use letters, digits, _, . and -.` }
}

/** Where in the response a value is from: a header, or what its path ends with. All headers together may hold a cookie. */
function placeOf(expression: string): TakenValue['from'] {
  const looked = readExpression(expression)
  if (looked?.part === 'headers') return { header: 'set-cookie' }
  if (looked?.part === 'header') return { header: looked.name }
  if (looked?.part === 'body') return { members: looked.path.slice(-1) }
  // `$.tokens[0].access_token`, `$['client_secret']`.
  const names = looked?.part === 'json-path' ? looked.path.slice(-400).match(/[\p{L}\p{N}_$-]+/gu) : null
  return { members: names?.slice(-2) ?? [] }
}
