import { defined } from '@contract/defined'
import {
  networkError,
  type Fetch,
  type FetchOptions,
  type TracedMessage,
} from '../../core/oauth/wire/fetch.ts'
import { isInsecure, isLedAwayInPlain } from '../../core/http/origin.ts'
import { secretsOnWay } from '../../core/secrecy/carried.ts'
import { redactBody, redactHeader, redactUrl } from '../../core/secrecy/redact.ts'
import { createScrubber } from '../../core/secrecy/scrub.ts'
import { headerTexts } from '../../core/text/header-text.ts'
import type { Way } from '../../core/records/way.ts'
import { createAgents, type Trusted } from './agents.ts'
import { readDecodedBody } from './decode-body.ts'
import { describeNetworkFailure } from './network-failure.ts'
import { pairs } from './raw-headers.ts'
import { softeningHeads } from './soften-heads.ts'
import { rememberingTls } from './tls-facts.ts'
import { along, forwardedBy, forwarderOf, refusal } from './tunnel.ts'
import { untilAborted } from './until-aborted.ts'

export type { TracedMessage }

/** Limits of one OAuth message: bytes and milliseconds. */
export interface FetchLimits {
  bytes: number
  /** Until the headers came, and between two pieces of the body. */
  pause: number
  total: number
}
interface Patience {
  pause: number
  signal: AbortSignal
}
const defaults: FetchLimits = { bytes: 1_048_576, pause: 10_000, total: 30_000 }

/** Makes the fetch that OAuth messages are sent with: undici, loaded at first use; no redirects; limits on
 *  size, pauses and total time; every message told to `trace`, redacted before it leaves this
 *  function. */
export function createOauthFetch({
  now,
  trace,
  limits = defaults,
  userAgent = 'Gatehouse',
  trusted,
}: {
  now: () => number
  trusted?: Trusted
  /** Told of every message; a message's own options can name another listener. */
  trace?: (message: TracedMessage) => void
  limits?: FetchLimits
  userAgent?: string
}): Fetch & { close: () => Promise<void>; renew: () => void } {
  /** What secured the newest connection to each origin. */
  const secured = new Map<string, TracedMessage['tls']>()
  const agents = createAgents({
    trusted,
    connectTimeout: limits.pause,
    watch: (connect) => softeningHeads(rememberingTls(connect, secured)),
    agent: {
      headersTimeout: limits.pause,
      bodyTimeout: limits.pause,
      maxHeaderSize: 65_536,
      keepAliveTimeout: 4_000,
    },
  })

  async function ask(way: Way, given: string, options: FetchOptions, patience: Patience) {
    const url = new URL(given)
    const { method = 'GET', body, certificate } = options
    const headers = Object.entries(options.headers ?? {})
    const forwarder = forwarderOf(url, way)
    const dispatcher = await agents.of({ way, certificate, forwarded: forwarder !== undefined })
    const to =
      forwarder === undefined
        ? { origin: url.origin, path: url.pathname + url.search, headers }
        : forwardedBy(forwarder, url, headers)
    const answer = await dispatcher.request({
      origin: to.origin,
      path: to.path,
      method,
      headers: to.headers.flat(),
      body: body === undefined || body === null ? null : body.toString(),
      headersTimeout: patience.pause,
      bodyTimeout: patience.pause,
      signal: patience.signal,
      responseHeaders: 'raw',
    })
    if (forwarder !== undefined && answer.statusCode === 407) {
      answer.body.on('error', () => undefined).destroy()
      throw refusal(forwarder, 407)
    }
    return answer
  }

  async function send(url: string, options: FetchOptions, message: TracedMessage): Promise<Response> {
    const { pause, total } = { ...limits, ...options.limits }
    const timeout = AbortSignal.timeout(total)
    const signal = options.signal === undefined ? timeout : AbortSignal.any([options.signal, timeout])
    // The system, or a PAC file, may take its time to say.
    const found = options.findWay && (await untilAborted(signal, options.findWay(url)))
    if (found?.ok === false) throw networkError(found.error)
    if (options.allowInsecure !== true) refuseLedAway(new URL(url), found?.value ?? {})
    const { answer, proxy } = await along(found?.value ?? {}, (way) =>
      ask(way, url, options, { pause, signal }),
    )
    if (proxy !== undefined) message.proxy = proxy
    const tls = secured.get(new URL(url).origin)
    if (tls !== undefined) message.tls = { ...tls, ...defined({ unchecked: found?.value.unchecked }) }
    message.waiting = now() - message.startedAt
    message.status = answer.statusCode
    const headers = pairs(answer.headers as unknown as string[], tls?.http2)
    const scrub = createScrubber(secretsOnWay(found?.value ?? {}))
    message.responseHeaders = headerTexts(headers).map(([name, value]) => [
      name,
      redactHeader(name, scrub.text(value)),
    ])
    const header = (name: string) => headers.find(([other]) => other.toLowerCase() === name)?.[1] ?? ''
    const read = await readDecodedBody(answer.body, header('content-encoding'), {
      bytes: limits.bytes,
      pause,
    })
    if (read.broken !== undefined) throw read.broken
    if (read.truncated) throw tooLarge(new URL(url).host, limits.bytes)
    const text = new TextDecoder().decode(read.body)
    if (trace ?? options.trace) message.responseBody = redactBody(scrub.text(text), header('content-type'))
    const bodiless = [204, 205, 304].includes(answer.statusCode)
    // As bytes: of text a Response makes up a content type where none came.
    return new Response(bodiless ? null : new TextEncoder().encode(text), {
      status: answer.statusCode,
      headers,
    })
  }

  const fetch: Fetch = async (url, given = {}) => {
    const startedAt = now()
    const options = { ...given, headers: { ...given.headers, 'user-agent': userAgent } }
    const contentType = given.headers?.['content-type'] ?? 'application/x-www-form-urlencoded'
    const message: TracedMessage = {
      method: options.method ?? 'GET',
      url: redactUrl(url),
      requestHeaders: Object.entries(options.headers).map(([name, value]) => [
        name,
        redactHeader(name, value),
      ]),
      startedAt,
      total: 0,
    }
    if (options.body) message.requestBody = redactBody(options.body.toString(), contentType)
    try {
      return await send(url, options, message)
    } catch (thrown) {
      const failure = failureOf(thrown, new URL(url).host, options.signal?.aborted === true)
      message.failed = failure.code
      throw networkError(failure, thrown)
    } finally {
      message.total = now() - startedAt
      trace?.(message)
      options.trace?.(message)
    }
  }
  return Object.assign(fetch, { close: () => agents.close(), renew: () => void agents.close() })
}

/** Plain http to this computer needs no one's word, as long as it stays here. */
function refuseLedAway(url: URL, way: Way): void {
  if (isInsecure(url.href) || !isLedAwayInPlain(url.href, way)) return
  throw networkError({
    code: 'network_led_away',
    message: `Nothing was sent: with these network settings, plain http to ${url.host} goes to another computer and can be read in transit.`,
    next: 'Use https, change the proxy or the rule for this server in Settings › Network, or turn “Allow plain HTTP to another computer” on in the connection.',
  })
}

function tooLarge(host: string, limit: number) {
  return networkError({
    code: 'network_too_large',
    message: `The response from ${host} is larger than ${Math.round(limit / 1024)} KB.`,
    next: 'Check the address: this is not an OAuth response.',
  })
}

function failureOf(thrown: unknown, host: string, aborted: boolean) {
  if (aborted) return { code: 'network_aborted', message: 'It was canceled.' }
  if (thrown instanceof Error && 'failure' in thrown)
    return (thrown as ReturnType<typeof networkError>).failure
  if (thrown instanceof RangeError) {
    return { code: 'network_malformed', message: `${host} returned an impossible status.` }
  }
  return describeNetworkFailure(thrown, host)
}
