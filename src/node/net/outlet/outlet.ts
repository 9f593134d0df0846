import { longBody } from '@contract/tables/body-sizes'
import { bodyType } from '../../../core/bodies/body-type.ts'
import type { AnswerHead, ReceiveBody } from '../../../core/http/wire.ts'
import type { Outlet } from './sluice.ts'

/** Milliseconds for which a stream of events may be silent. */
export const longestPause = 2_147_000_000
/** Milliseconds after which a body that has not ended is shown as it comes. */
const slowAfter = 400

/** Leads long and slow bodies to whoever takes them. */
export function outletFor(
  receive: ReceiveBody | undefined,
  head: Omit<AnswerHead, 'body'>,
  unhurried: () => void,
): Outlet | undefined {
  return (
    receive && {
      from: longBody,
      after: isStream(head.contentType) ? 0 : slowAfter,
      open: async (begun) => {
        const { contentType, declared } = bodyType(begun, head.contentType)
        const sink = await receive({
          ...head,
          contentType,
          ...(declared !== undefined && { declaredType: declared }),
          body: begun,
        })
        if (sink !== undefined) unhurried()
        return sink
      },
    }
  )
}

/** What is never meant to end: events (WHATWG HTML, 9.2) and records one after another. */
export function isStream(contentType: string): boolean {
  return /^(text\/event-stream|application\/(x-)?(ndjson|jsonl|json-seq))\b/i.test(contentType.trim())
}
