import { longBody } from '@contract/tables/body-sizes'
import { defined } from '@contract/defined'
import type { Arrival, ExchangeView } from '@contract/requests'
import { coverAnswer } from '../../../http/cover-answer.ts'
import type { AnswerHead, HttpAnswer, ReceiveBody } from '../../../http/wire.ts'
import type { BodySecrets } from '../../../records/body-shelf.ts'
import type { StoredBytes } from '../../../records/ports.ts'
import { maskHeaders } from '../../../secrecy/redact.ts'
import { createScrubber } from '../../../secrecy/scrub.ts'
import type { Pacer } from '../../../text/pacer.ts'
import type { LongBodies } from './long-bodies.ts'

/** Bytes of a body that the history keeps whole. Of a longer one it keeps the first part. */
const keptWhole = 64 * 1_048_576

interface Coming {
  sendId: string
  /** The exchange as far as it is known before its response. */
  base: ExchangeView
  /** What is secret in the response, as far as its head tells. */
  secretsIn: (head: AnswerHead) => BodySecrets
  pacer: () => Pacer
}

/** Puts a long or slow body on the shelf as it comes, and shows the exchange meanwhile. */
export function receiveBody(
  bodies: LongBodies,
  told: (arrival: Arrival) => void,
  { sendId, base, secretsIn, pacer }: Coming,
): ReceiveBody {
  return async (head) => {
    const secrets = secretsIn(head)
    const seen = await coverAnswer(
      { ...head, ...blank },
      { scrub: createScrubber(secrets.known), sent: secrets.short, pacer: pacer() },
    )
    const sink = bodies.begin(base.id, head.contentType, secrets)
    told({
      sendId,
      exchange: {
        ...base,
        status: seen.status,
        response: {
          ...defined({ url: seen.hops.length === 0 ? undefined : seen.url }),
          status: seen.status,
          statusText: seen.statusText,
          headers: maskHeaders(seen.headers),
          bodySize: 0,
          contentType: seen.contentType,
          ...defined({ declaredType: seen.declaredType }),
          truncated: false,
          arriving: defined({ expected: head.expected }),
        },
      },
    })
    return sink
  }
}

/** What the history keeps of a body: all of it from the shelf, or of a very long one the first part, and says so. */
export function keptOf(
  bodies: LongBodies | undefined,
  id: string,
  seen: HttpAnswer,
): { body: StoredBytes; keptSize?: number } {
  const { elsewhere } = seen
  if (elsewhere === undefined || elsewhere <= longBody) return { body: seen.body }
  const isDamaged = seen.problem?.code.startsWith('body_') === true
  const shelved = elsewhere > keptWhole || isDamaged ? undefined : bodies?.shelved(id)
  return shelved === undefined ? { body: seen.body, keptSize: seen.body.byteLength } : { body: shelved }
}

/** An exchange that says how much of its body is kept, where that is not all. */
export function withKeptSize(view: ExchangeView, keptSize: number | undefined): ExchangeView {
  if (view.response === undefined || keptSize === undefined) return view
  return { ...view, response: { ...view.response, keptSize } }
}

const blank = {
  body: new Uint8Array(),
  wireSize: 0,
  truncated: false,
  sentHeaders: [],
  timing: { waiting: 0, receiving: 0, total: 0 },
}
