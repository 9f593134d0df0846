import { defined } from '@contract/defined'
import type { ConnectionFacts } from '@contract/requests'
import { fail, ok, type Result } from '@contract/result'
import { bodyType } from '../../core/bodies/body-type.ts'
import { nextHop, type NextHop } from '../../core/http/redirect.ts'
import {
  defaultLimits,
  type HeldRedirect,
  type Hop,
  type HttpAnswer,
  type SendLimits,
  type WireRequest,
} from '../../core/http/wire.ts'
import { headerTexts } from '../../core/text/header-text.ts'
import { createAgents, type Agents, type Trusted } from './agents.ts'
import { namesOfCarried } from '../../core/http/carry-credential.ts'
import { type OnSent } from './sending/send-body.ts'
import { readDecodedBody } from './decode-body.ts'
import { headerOf, isBodiless, listOf, wantsNonce, withDefaults } from './message-heads.ts'
import { isStream, longestPause, outletFor } from './outlet/outlet.ts'
import { pairs } from './raw-headers.ts'
import { createProver } from './proofs.ts'
import { createAgentsToNoOne } from './rehearse.ts'
import { failureOf, stopped } from './sending/send-failure.ts'
import { softeningHeads } from './soften-heads.ts'
import { createSendOnce } from './sending/send-once.ts'
import { rememberingTls } from './tls-facts.ts'
import type { SendOptions } from './sending/send-options.ts'

/** Sends requests to APIs. */
export interface RequestEngine {
  /** Codes: `http_token_insecure`, `http_too_many_redirects`, `http_too_many_headers`, `http_cancelled`,
   *  `http_timeout`, `network_*`. */
  send: (request: WireRequest, options?: SendOptions) => Promise<Result<HttpAnswer>>
  /** Sends it to no one: something like a response comes at once, and nothing leaves the computer. */
  rehearse: RequestEngine['send']
  /** Loads the library before it is waited for; once. */
  warm: () => Promise<void>
  /** Makes the next connections again: the authorities have changed. */
  renew: () => void
  close: () => Promise<void>
}

interface Patience {
  signal: AbortSignal
  /** Takes the limit on the whole time away. */
  unhurried: () => void
}

const maxResponseHeaders = 500

/** Makes the request engine: undici's `request`, loaded at first use, with connections kept open between
 *  requests. The token is put in at the moment of sending and leaves with the first change of origin. */
export function createRequestEngine({
  now = () => performance.now(),
  userAgent = 'Gatehouse',
  trusted,
  agents: given,
}: { now?: () => number; userAgent?: string; trusted?: Trusted; agents?: Agents } = {}): RequestEngine {
  const secured = new Map<string, ConnectionFacts['tls']>()
  const agents =
    given ??
    createAgents({
      trusted,
      connectTimeout: 15_000,
      watch: (connect) => softeningHeads(rememberingTls(connect, secured)),
      agent: { maxHeaderSize: 65_536 },
    })

  const sendOnce = createSendOnce(agents, secured)

  async function run(
    first: WireRequest,
    options: SendOptions,
    { signal, unhurried }: Patience,
    limits: SendLimits,
  ) {
    const startedAt = now()
    const hops: Hop[] = []
    /** Where the proof was made again with the server's nonce: once each. */
    const nonceTried = new Set<string>()
    let request = withDefaults(first, userAgent)
    let { credential } = options
    let prover = credential && createProver(credential)
    let led = false
    let bodySent: number | undefined
    const onSent: OnSent = (sent, total) => {
      bodySent = sent
      options.onSent?.(sent, total)
    }
    for (;;) {
      const { answer, sentHeaders, connection } = await sendOnce(
        request,
        { ...options, credential, onSent, prover, led },
        limits,
        signal,
      )
      const headers = pairs(answer.headers as unknown as string[], connection.tls?.http2)
      const setCookies = headers.flatMap(([name, value]) =>
        name.toLowerCase() === 'set-cookie' ? [value] : [],
      )
      if (setCookies.length > 0) await options.cookies?.take(request.url, setCookies)
      credential?.prover?.remember(request.url, headerOf(headers, 'dpop-nonce'))
      const wants =
        credential?.prover && !nonceTried.has(request.url) && wantsNonce(answer.statusCode, headers)
      if (wants) nonceTried.add(request.url)
      if (wants || (answer.statusCode === 401 && prover?.challenged(headers) === true)) {
        await answer.body
          .on('error', () => undefined)
          .dump({ limit: 65_536 })
          .catch(() => undefined)
        continue
      }
      if (headers.length > maxResponseHeaders) {
        answer.body.on('error', () => undefined).destroy()
        return fail(
          'http_too_many_headers',
          `The response has more than ${maxResponseHeaders} headers.`,
          'Have the server send fewer headers and cookies.',
        )
      }
      const hop =
        options.followRedirects === false || limits.redirects === 0
          ? undefined
          : nextHop(request, answer.statusCode, headerOf(headers, 'location'))
      const held = hop === undefined ? undefined : holdBack(hop, options.carryBodyTo ?? [])
      if (hop !== undefined && held === undefined) {
        await answer.body
          .on('error', () => undefined)
          .dump({ limit: 65_536 })
          .catch(() => undefined)
        if (hops.length === limits.redirects) {
          return fail(
            'http_too_many_redirects',
            `The server redirected more than ${limits.redirects} times, last to ${new URL(hop.request.url).host}.`,
            'The API may require a sign-in: choose an account to call as. If one is already chosen, tell the API’s operator.',
          )
        }
        const leftBehind = [...hop.leftBehind]
        led ||= hop.otherOrigin
        if (hop.otherOrigin && credential !== undefined) {
          leftBehind.unshift(...namesOfCarried(credential))
          credential = undefined
          prover = undefined
        }
        hops.push({ method: request.method, url: request.url, status: answer.statusCode, leftBehind })
        request = hop.request
        continue
      }
      const waiting = now() - startedAt
      const contentType = headerOf(headers, 'content-type') ?? ''
      const head = {
        status: answer.statusCode,
        statusText: answer.statusText,
        headers: headerTexts(headers),
        contentType,
        url: request.url,
        method: request.method,
        hops,
        tokenSent: credential !== undefined,
      }
      const expected = Number(headerOf(headers, 'content-length') ?? Number.NaN)
      const read = await readDecodedBody(answer.body, listOf(headers, 'content-encoding'), {
        bytes: options.receive === undefined ? limits.bodyBytes : limits.longBytes,
        pause: isStream(contentType) ? longestPause : limits.pause,
        ...defined({
          outlet: outletFor(options.receive, { ...head, ...(expected > 0 && { expected }) }, unhurried),
        }),
      })
      const total = now() - startedAt
      const { broken, ...body } = read
      const result: HttpAnswer = {
        ...body,
        ...head,
        ...(body.undecoded === undefined && typeOf(body.body, contentType)),
        sentHeaders,
        connection,
        timing: { waiting, receiving: total - waiting, total },
        ...defined({ held, bodySent }),
      }
      // What comes behind a response without a body is no part of it.
      if (broken !== undefined && !isBodiless(request.method, answer.statusCode))
        result.problem =
          options.signal?.aborted === true && result.elsewhere !== undefined
            ? stopped
            : failureOf(broken, request.url, options.signal, signal, limits)
      return ok(result)
    }
  }

  const send: RequestEngine['send'] = async (request, options = {}) => {
    const limits = { ...defaultLimits, ...options.limits }
    const timeout = new AbortController()
    // What counts is the time without anything of the body being sent: a large file takes what it takes.
    const timer = setTimeout(() => timeout.abort(), limits.total).unref()
    // Of a body that is shown as it comes, whoever waits for it decides for how long.
    const unhurried = (): void => clearTimeout(timer)
    const { signal } = timeout
    const stop = (): void => timeout.abort(options.signal?.reason)
    if (options.signal?.aborted === true) stop()
    else options.signal?.addEventListener('abort', stop, { once: true })
    const onSent: OnSent = (sent, total) => {
      timer.refresh()
      options.onSent?.(sent, total)
    }
    try {
      return await run(request, { ...options, onSent }, { signal, unhurried }, limits)
    } catch (thrown) {
      return { ok: false, error: failureOf(thrown, request.url, options.signal, signal, limits) }
    } finally {
      clearTimeout(timer)
      options.signal?.removeEventListener('abort', stop)
    }
  }
  let toNoOne: RequestEngine | undefined
  const rehearse: RequestEngine['send'] = (request, options) => {
    toNoOne ??= createRequestEngine({ now, userAgent, agents: createAgentsToNoOne() })
    return toNoOne.send(request, options)
  }
  let warmed: Promise<unknown> | undefined
  async function warm(): Promise<void> {
    warmed ??= agents.of().catch(() => undefined)
    await warmed
  }
  async function close(): Promise<void> {
    await Promise.all([agents.close(), toNoOne?.close()])
  }
  return { send, rehearse, warm, renew: () => void agents.close(), close }
}

/** The type that a body has by its bytes, with what its head says instead. */
function typeOf(body: Uint8Array, declared: string): Pick<HttpAnswer, 'contentType' | 'declaredType'> {
  const { contentType, declared: declaredType } = bodyType(body, declared)
  return { contentType, ...defined({ declaredType }) }
}

/** The body may hold secrets, and whoever gave them had the first address in mind: another origin gets it by the user's
 *  word, and never in plain what began in TLS. */
function holdBack(hop: NextHop, allowed: readonly string[]): HeldRedirect | undefined {
  const { carriesBody, downgrade, request } = hop
  const may = !carriesBody || (!downgrade && allowed.includes(new URL(request.url).origin))
  return may ? undefined : { to: request.url, downgrade }
}
