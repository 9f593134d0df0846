import { defined } from '@contract/defined'
import type { ExchangeView, Remedy, RequestDraft } from '@contract/requests'
import type { Failure } from '@contract/result'
import { explainRefusal, type RefusedCall } from '../../diagnosis/refusal.ts'
import { firstText, firstTextLimit } from '../../http/body-text.ts'
import { textSent } from '../../http/request-body.ts'
import { maskBody } from '../../secrecy/mask.ts'
import { maskHeaders } from '../../secrecy/redact.ts'
import type { HeldRedirect, HttpAnswer, WireRequest } from '../../http/wire.ts'
import type { Scrubber } from '../../secrecy/scrub.ts'
import type { Caller } from './request-caller.ts'

/** What a response adds to its exchange: its head, the first of its text, and why it was refused. */
export function describeAnswer(
  answer: HttpAnswer,
  caller: Caller | undefined,
  { now, carryBodyTo, remediesFor, facts }: Surroundings,
): Partial<ExchangeView> {
  const text = firstText(answer.body, answer.contentType)
  const refusal = explainRefusal({
    status: answer.status,
    url: answer.url,
    headers: answer.headers,
    contentType: answer.contentType,
    redirected: answer.hops.length > 0,
    now,
    ...facts,
    ...defined({
      bodyText: text?.slice(0, 20_000),
      tokenLeftBehind: caller === undefined ? undefined : !answer.tokenSent,
    }),
  })
  const held = answer.held === undefined ? undefined : explainHeld(answer.url, answer.held, carryBodyTo)
  const problem = held?.error ?? answer.problem
  const remedies =
    held?.remedies ??
    (refusal !== undefined && caller !== undefined && answer.tokenSent ? remediesFor(caller) : [])
  return {
    status: answer.status,
    ...defined({
      hops: answer.hops.length === 0 ? undefined : answer.hops,
      tokenLeftBehind: caller === undefined || answer.tokenSent ? undefined : true,
    }),
    response: {
      ...defined({ url: answer.hops.length === 0 ? undefined : answer.url }),
      status: answer.status,
      statusText: answer.statusText,
      headers: maskHeaders(answer.headers),
      bodySize: answer.elsewhere ?? answer.body.byteLength,
      contentType: answer.contentType,
      truncated: answer.truncated,
      ...defined({ declaredType: answer.declaredType, undecoded: answer.undecoded, firstText: text }),
    },
    ...defined({ connection: factsOf(answer) }),
    ...defined({ error: problem, errorCode: problem?.code }),
    ...defined({ refusal }),
    ...defined({ remedies: remedies.length === 0 ? undefined : remedies }),
  }
}

/** Nothing where the server was reached directly and in plain. */
function factsOf({ connection }: HttpAnswer): ExchangeView['connection'] {
  return connection === undefined || Object.keys(connection).length === 0 ? undefined : connection
}

const longestCut = 65_536

interface Surroundings {
  now: number
  /** What is known of the credentials that were sent. */
  facts: Pick<RefusedCall, 'token' | 'typed'>
  /** The other origins that the body was allowed to be carried to. */
  carryBodyTo: readonly string[]
  /** What repairs a refusal of this caller. */
  remediesFor: (caller: Caller) => Remedy[]
}

/** Both addresses, and the button that goes on where the user's word is enough. */
function explainHeld(
  from: string,
  { to, downgrade }: HeldRedirect,
  allowed: readonly string[],
): { error: Failure; remedies: Remedy[] } {
  const message = `Stopped at a redirect from ${from} to ${to}: it would carry the body to another server.`
  return downgrade
    ? {
        error: {
          code: 'http_redirect_downgrade',
          message,
          next: 'A body is never forwarded from https to http: have the server redirect to https.',
        },
        remedies: [],
      }
    : {
        error: {
          code: 'http_redirect_held',
          message,
          next: 'Forward it only if that server may see the body. The token and cookies stay behind.',
        },
        // A secret that is covered can leave an address that is none.
        remedies: URL.canParse(to) ? [followTo(new URL(to), allowed)] : [],
      }
}

function followTo({ host, origin }: URL, allowed: readonly string[]): Remedy {
  return { kind: 'follow', label: `Forward the body to ${host}`, origins: [...allowed, origin] }
}

/** How a request's body is kept: the first of its text, without what is secret. */
export function describeSentBody(
  request: WireRequest,
  draft: RequestDraft,
  scrub: Scrubber,
): { bodySize: number; bodyText?: string } {
  const { body, pieces } = request
  if (body === undefined && pieces === undefined) return { bodySize: 0 }
  // A secret that is cut at the end of the first text is still known by what follows.
  const text =
    body === undefined
      ? textSent(request).slice(0, firstTextLimit + longestCut)
      : new TextDecoder().decode(body.subarray(0, firstTextLimit + longestCut))
  const bodyText = maskBody(scrub.text(text), draft.body.kind === 'form').slice(0, firstTextLimit)
  return { bodySize: body?.byteLength ?? 0, bodyText }
}

/** How large a body was that came from the disk. */
export function sizeSent({ bodySent }: HttpAnswer): { bodySize?: number } {
  return defined({ bodySize: bodySent })
}
