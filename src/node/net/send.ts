import type { Dispatcher } from 'undici'
import { defined } from '@contract/defined'
import { fail, ok, type Result } from '@contract/result'
import { nextHop, type NextHop } from '../../core/http/redirect.ts'
import {
  defaultLimits,
  type CarriedCredential,
  type CookieKeeper,
  type HeldRedirect,
  type Hop,
  type HttpAnswer,
  type ReceiveBody,
  type SendLimits,
  type WireRequest,
} from '../../core/http/wire.ts'
import { maskHeaders } from '../../core/secrecy/redact.ts'
import type { FindWay, Way } from '../../core/records/way.ts'
import { expectedFailure } from '../../core/text/expected-failure.ts'
import { createAgents, type Trusted } from './agents.ts'
import {
  covered,
  namesOfCarried,
  withCredentialHeaders,
  withCredentialQuery,
  withKeptCookies,
} from '../../core/http/carry-credential.ts'
import { openBody, type OnSent } from './send-body.ts'
import { readDecodedBody } from './decode-body.ts'
import { insecureToken } from './insecure-token.ts'
import { headerOf, wantsNonce, withDefaults } from './message-heads.ts'
import { isStream, longestPause, outletFor } from './outlet/outlet.ts'
import { pairs } from './raw-headers.ts'
import { createProver, type Prover } from './proofs.ts'
import { rehearse } from './rehearse.ts'
import { failureOf, stopped } from './send-failure.ts'
import { softeningHeads } from './soften-heads.ts'
import { along, forwardedBy, refusal } from './tunnel.ts'
import { untilAborted } from './until-aborted.ts'

/** What one sending is given besides the request. */
export interface SendOptions {
  credential?: CarriedCredential
  signal?: AbortSignal
  limits?: Partial<SendLimits>
  followRedirects?: boolean
  /** Other origins that a redirect (307, 308) may carry the body to: the user said so. */
  carryBodyTo?: readonly string[]
  /** Gives and takes the cookies of whoever sends. */
  cookies?: CookieKeeper
  /** Finds the way to each server; left out, it is reached directly. */
  findWay?: FindWay
  /** Told how much of a body that comes from the disk is sent. */
  onSent?: OnSent
  /** Takes long and slow bodies; left out, they are held in memory. */
  receive?: ReceiveBody
}

/** Sends requests to APIs. */
export interface RequestEngine {
  /** Codes: `http_token_insecure`, `http_too_many_redirects`, `http_too_many_headers`, `http_cancelled`,
   *  `http_timeout`, `network_*`. */
  send: (request: WireRequest, options?: SendOptions) => Promise<Result<HttpAnswer>>
  /** Loads the library, and has it parse its first message, before that is waited for; once. */
  warm: () => Promise<void>
  /** Makes the next connections again: the authorities have changed. */
  renew: () => void
  close: () => Promise<void>
}

interface Message {
  request: WireRequest
  credential: CarriedCredential | undefined
  /** With those of the credential. */
  headers: [string, string][]
  onSent: OnSent | undefined
  limits: SendLimits
  signal: AbortSignal
  /** Whoever reads the body sees to its pauses: an event stream may have any. */
  watched: boolean
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
}: { now?: () => number; userAgent?: string; trusted?: Trusted } = {}): RequestEngine {
  const agents = createAgents({
    trusted,
    connectTimeout: 15_000,
    watch: softeningHeads,
    agent: { maxHeaderSize: 65_536 },
  })

  async function sendOnce(
    request: WireRequest,
    {
      credential,
      findWay,
      cookies,
      onSent,
      prover,
      receive,
    }: Pick<SendOptions, 'credential' | 'findWay' | 'cookies' | 'onSent' | 'receive'> & {
      prover: Prover | undefined
    },
    limits: SendLimits,
    signal: AbortSignal,
  ): Promise<{ answer: Dispatcher.ResponseData; sentHeaders: [string, string][] }> {
    // The system, or a PAC file, may take its time to say.
    const found = findWay && (await untilAborted(signal, findWay(request.url)))
    if (found?.ok === false) throw expectedFailure(found.error)
    const insecure = insecureToken(credential, request.url, found?.value ?? {})
    if (insecure !== undefined) throw expectedFailure(insecure)
    const url = new URL(credential === undefined ? request.url : withCredentialQuery(request.url, credential))
    const kept = await cookies?.header(request.url)
    const carried = await withCredentialHeaders(withKeptCookies(request, kept, credential), credential)
    const headers = prover === undefined ? carried : await prover.prove(request, carried)
    const answer = await along(found?.value ?? {}, (way) =>
      ask(way, url, { request, credential, headers, limits, signal, onSent, watched: receive !== undefined }),
    )
    return { answer, sentHeaders: covered(maskHeaders(headers), credential) }
  }

  async function ask(way: Way, url: URL, message: Message): Promise<Dispatcher.ResponseData> {
    const { request, credential, headers, limits, signal, onSent, watched } = message
    const forwarder = url.protocol === 'http:' ? way.proxy : undefined
    const dispatcher = await agents.of({
      way,
      certificate: credential?.certificate,
      forwarded: forwarder !== undefined,
    })
    const opened = await openBody(request, onSent)
    const { length } = opened
    const all: [string, string][] =
      length === undefined ? headers : [...headers, ['Content-Length', String(length)]]
    const to =
      forwarder === undefined
        ? { origin: url.origin, path: `${url.pathname}${url.search}`, headers: all }
        : forwardedBy(forwarder, url, all)
    const answer = await dispatcher.request({
      origin: to.origin,
      path: to.path,
      method: request.method,
      headers: to.headers.flat(),
      body: opened.body,
      headersTimeout: limits.pause,
      bodyTimeout: watched ? 0 : limits.pause,
      signal,
      responseHeaders: 'raw',
    })
    if (forwarder !== undefined && answer.statusCode === 407) {
      answer.body.on('error', () => undefined).destroy()
      throw refusal(forwarder, 407)
    }
    return answer
  }

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
    let bodySent: number | undefined
    const onSent: OnSent = (sent, total) => {
      bodySent = sent
      options.onSent?.(sent, total)
    }
    for (;;) {
      const { answer, sentHeaders } = await sendOnce(
        request,
        { ...options, credential, onSent, prover },
        limits,
        signal,
      )
      const headers = pairs(answer.headers as unknown as string[])
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
        return fail('http_too_many_headers', `The response has more than ${maxResponseHeaders} headers.`)
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
        headers,
        contentType,
        url: request.url,
        method: request.method,
        hops,
        tokenSent: credential !== undefined,
      }
      const expected = Number(headerOf(headers, 'content-length') ?? Number.NaN)
      const read = await readDecodedBody(answer.body, headerOf(headers, 'content-encoding') ?? '', {
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
        sentHeaders,
        timing: { waiting, receiving: total - waiting, total },
        ...defined({ held, bodySent }),
      }
      if (broken !== undefined)
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
    const signal =
      options.signal === undefined ? timeout.signal : AbortSignal.any([options.signal, timeout.signal])
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
    }
  }
  let warmed: Promise<unknown> | undefined
  async function warm(): Promise<void> {
    warmed ??= Promise.allSettled([agents.of(), rehearse()])
    await warmed
  }
  return { send, warm, renew: () => void agents.close(), close: () => agents.close() }
}

/** The body may hold secrets, and whoever gave them had the first address in mind: another origin gets it by the user's
 *  word, and never in plain what began in TLS. */
function holdBack(hop: NextHop, allowed: readonly string[]): HeldRedirect | undefined {
  const { carriesBody, downgrade, request } = hop
  const may = !carriesBody || (!downgrade && allowed.includes(new URL(request.url).origin))
  return may ? undefined : { to: request.url, downgrade }
}
