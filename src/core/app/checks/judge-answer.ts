import type { Check, CheckResult } from '@contract/sending/checks'
import { defined } from '@contract/defined'
import type { ExchangeView } from '@contract/requests'
import { isHeavy, judgeChecks, unjudged, type Judging, type ResolvedCheck } from '../../checks/judge.ts'
import type { StoredBytes } from '../../records/ports.ts'
import { resolveText, type Lookup } from '../../http/variables.ts'
import { redactTokens } from '../../secrecy/redact.ts'

/** Judges beside the main thread; nothing where that takes too long. */
export type JudgeBeside = (judging: Judging) => Promise<CheckResult[] | undefined>

/** Bytes of a body that checks look into. */
const judgedBodyLimit = 16_777_216

/** Checks with their variables filled in. The response is looked at without its secrets: what is secret is compared with
 *  nothing. */
export function resolveChecks(checks: readonly Check[], variables: Lookup): ResolvedCheck[] {
  return checks.map((check) => {
    const { text, secret, missing } = resolveText(check.value, variables)
    if (missing.length > 0)
      return { ...check, unfit: `${missing.map((name) => `{{${name}}}`).join(', ')} is not known.` }
    if (secret) return { ...check, unfit: 'A secret is never compared: responses are kept without theirs.' }
    return { ...check, value: text }
  })
}

interface Around {
  /** As it is kept; `isWhole`: all of it. */
  body: StoredBytes
  isWhole: boolean
  /** Covers what is secret in a text. */
  cover: (text: string) => string
  beside: JudgeBeside
}

/** An exchange with what became of its checks. They see what is kept of the response. */
export async function withChecks(
  view: ExchangeView,
  checks: readonly ResolvedCheck[],
  { body, isWhole, cover, beside }: Around,
): Promise<ExchangeView> {
  const { response } = view
  const used = checks.filter(({ enabled }) => enabled)
  if (used.length === 0 || response === undefined) return view
  const { status, statusText, headers, contentType } = response
  const answer = { status, statusText, headers, url: response.url ?? view.url, time: view.timing?.total ?? 0 }
  const results = await judgeAnswer(used, { answer, body: isWhole ? body : undefined, contentType }, beside)
  const covered = (text: string | undefined) => (text === undefined ? undefined : redactTokens(cover(text)))
  return {
    ...view,
    checks: results.map((result) => ({
      ...result,
      expression: redactTokens(cover(result.expression)),
      ...defined({ expected: covered(result.expected), actual: covered(result.actual) }),
    })),
  }
}

/** One that got no response. */
export function withUnjudged(view: ExchangeView, checks: readonly ResolvedCheck[]): ExchangeView {
  const used = checks.filter(({ enabled }) => enabled)
  if (used.length === 0) return view
  return {
    ...view,
    checks: used.map((check) => unjudged({ ...check, value: '' }, 'There was no response.')),
  }
}

interface Kept {
  answer: Judging['answer']
  /** Left out where only the first part of it is kept. */
  body: StoredBytes | undefined
  contentType: string
}

async function judgeAnswer(
  used: readonly ResolvedCheck[],
  { answer, body, contentType }: Kept,
  beside: JudgeBeside,
): Promise<CheckResult[]> {
  if (!used.some(isHeavy)) return judgeChecks(used, { ...answer, body: undefined })
  const isTooMuch = body === undefined || body.byteLength > judgedBodyLimit
  // A long one is on its way to the disk yet.
  if (!isTooMuch) await body.whole
  const missing = isTooMuch
    ? 'The body is over 16 MB, too large for checks.'
    : body.isWhole?.() === false
      ? 'The body could not be kept whole.'
      : undefined
  const seen = { ...answer, ...defined({ bodyMissing: missing }) }
  const judged = await beside({
    checks: used,
    answer: seen,
    ...(missing === undefined &&
      body !== undefined && { body: { bytes: body.subarray(0, body.byteLength), contentType } }),
  })
  return (
    judged ??
    used.flatMap((check) =>
      isHeavy(check)
        ? [unjudged(check, 'The check took over 2 seconds and was stopped.')]
        : judgeChecks([check], { ...seen, body: undefined }),
    )
  )
}
