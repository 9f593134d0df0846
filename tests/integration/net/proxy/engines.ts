import { ok } from '../../../../src/core/contract/result.ts'
import type { Way } from '../../../../src/core/records/way.ts'
import { networkFailureOf } from '../../../../src/core/oauth/wire/fetch.ts'
import type { FetchOptions, TracedMessage } from '../../../../src/core/oauth/wire/fetch.ts'
import type { Trusted } from '../../../../src/node/net/agents.ts'
import { createOauthFetch } from '../../../../src/node/net/fetch.ts'
import { createRequestEngine } from '../../../../src/node/net/send.ts'
import type { SendOptions } from '../../../../src/node/net/sending/send-options.ts'
import { onTestFinished } from 'vitest'

/** Both engines on one way; what either wrote down is in `seen`. */
export const engines = (way: Way, trusted?: Trusted) => {
  const seen: TracedMessage[] = []
  const fetch = createOauthFetch({
    now: () => performance.now(),
    ...(trusted === undefined ? {} : { trusted }),
    trace: (message) => void seen.push(message),
  })
  const engine = createRequestEngine(trusted === undefined ? {} : { trusted })
  onTestFinished(async () => {
    await Promise.all([fetch.close(), engine.close()])
  })
  const findWay = async () => ok(way)
  return {
    seen,
    send: (url: string, headers: [string, string][] = [], body?: string, more: SendOptions = {}) =>
      engine.send(
        {
          method: body === undefined ? 'GET' : 'POST',
          url,
          headers,
          ...(body === undefined ? {} : { body: new TextEncoder().encode(body) }),
        },
        { findWay, ...more },
      ),
    fetch: (url: string, more: FetchOptions = {}) => fetch(url, { findWay, ...more }),
    /** What either ends with: a status or a code. */
    async both(url: string): Promise<[string, string]> {
      const sent = await engine.send({ method: 'GET', url, headers: [] }, { findWay })
      const fetched = await fetch(url, { findWay }).then(
        ({ status }) => String(status),
        (thrown: unknown) => networkFailureOf(thrown)?.code ?? 'defect',
      )
      return [sent.ok ? (sent.value.problem?.code ?? String(sent.value.status)) : sent.error.code, fetched]
    },
  }
}
