import { defined } from '@contract/defined'
import type { ConnectionFacts } from '@contract/requests'
import type { Agents } from '../agents.ts'
import type { Dispatcher } from 'undici'
import type { CarriedCredential, SendLimits, WireRequest } from '../../../core/http/wire.ts'
import { maskHeaders } from '../../../core/secrecy/redact.ts'
import type { Way } from '../../../core/records/way.ts'
import { expectedFailure } from '../../../core/text/expected-failure.ts'
import { queryOf, queryOnWire } from '../../../core/text/query.ts'
import {
  covered,
  withCredentialHeaders,
  withCredentialQuery,
  withKeptCookies,
} from '../../../core/http/carry-credential.ts'
import { openBody, type OnSent } from './send-body.ts'
import { insecureToken } from '../insecure-token.ts'
import type { Prover } from '../proofs.ts'
import { along, forwardedBy, forwarderOf, refusal } from '../tunnel.ts'
import { untilAborted } from '../until-aborted.ts'
import type { SendOptions } from './send-options.ts'

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

interface Sent {
  answer: Dispatcher.ResponseData
  connection: ConnectionFacts
  sentHeaders: [string, string][]
}

/** Sends one message by the way that leads to its server, and answers with the head and the body to be read. `secured`:
 *  what secured the newest connection to each origin. */
export function createSendOnce(agents: Agents, secured: ReadonlyMap<string, ConnectionFacts['tls']>) {
  async function ask(way: Way, address: string, message: Message): Promise<Dispatcher.ResponseData> {
    const { request, credential, headers, limits, signal, onSent, watched } = message
    const url = new URL(address)
    // Not the URL's own: it loses a lone question mark, and encodes what needs no encoding.
    const path = `${url.pathname}${queryOnWire(queryOf(address))}`
    const forwarder = forwarderOf(url, way)
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
        ? { origin: url.origin, path, headers: all }
        : forwardedBy(forwarder, url, all, path)
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

  return async function sendOnce(
    request: WireRequest,
    {
      credential,
      findWay,
      cookies,
      onSent,
      prover,
      receive,
      led,
    }: Pick<SendOptions, 'credential' | 'findWay' | 'cookies' | 'onSent' | 'receive'> & {
      prover: Prover | undefined
      /** A redirect of another origin leads there. */
      led: boolean
    },
    limits: SendLimits,
    signal: AbortSignal,
  ): Promise<Sent> {
    // The system, or a PAC file, may take its time to say.
    const found = findWay && (await untilAborted(signal, findWay(request.url)))
    if (found?.ok === false) throw expectedFailure(found.error)
    const insecure = insecureToken(credential, request.url, found?.value ?? {})
    if (insecure !== undefined) throw expectedFailure(insecure)
    const url = credential === undefined ? request.url : withCredentialQuery(request.url, credential)
    const kept = await cookies?.header(request.url, led)
    const carried = await withCredentialHeaders(withKeptCookies(request, kept, credential), credential)
    const headers = prover === undefined ? carried : await prover.prove(request, carried)
    const { answer, proxy } = await along(found?.value ?? {}, (way) =>
      ask(way, url, { request, credential, headers, limits, signal, onSent, watched: receive !== undefined }),
    )
    const tls = secured.get(new URL(url).origin)
    const { unchecked } = found?.value ?? {}
    const connection = { ...defined({ proxy, tls: tls && { ...tls, ...defined({ unchecked }) } }) }
    return { answer, connection, sentHeaders: covered(maskHeaders(headers), credential) }
  }
}
