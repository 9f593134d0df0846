import { defined } from '@contract/defined'
import { findTokens, inOrder, type Span } from '../secrecy/looks.ts'
import { maskUrl } from '../secrecy/mask.ts'
import { findNamed } from '../secrecy/named-values.ts'
import { isHandedOut, isSecretParameter } from '../secrecy/names.ts'
import { coverSpans, type Scrubber } from '../secrecy/scrub.ts'
import { redactTokens } from '../secrecy/redact.ts'
import { isText } from './body-text.ts'
import type { HttpAnswer } from './wire.ts'

/** An answer without secrets, wherever they stand in it: those that are known to the scrubber, tokens by their looks, what
 *  it hands out by its names, and values too short to be looked for under the name that they were sent with. */
export function coverAnswer(
  answer: HttpAnswer,
  scrub: Scrubber,
  sent: ReadonlyMap<string, string> = new Map(),
): HttpAnswer {
  const address = (url: string): string => maskUrl(scrub.text(url), isSecretParameter)
  const body = isText(answer.body, answer.contentType)
    ? coverSpans(answer.body, spansIn(answer.body, sent))
    : answer.body
  return {
    ...answer,
    url: address(answer.url),
    statusText: redactTokens(scrub.text(answer.statusText)),
    hops: answer.hops.map((hop) => ({ ...hop, url: address(hop.url) })),
    ...defined({
      held: answer.held === undefined ? undefined : { ...answer.held, to: address(answer.held.to) },
    }),
    headers: answer.headers.map(([name, value]) => [scrub.text(name), scrub.text(value)]),
    body: scrub.bytes(body),
    ...defined({ problem: answer.problem === undefined ? undefined : scrub.data(answer.problem) }),
  }
}

/** Each byte is one character here, so that places in the text are places in the bytes. */
const oneByOne = new TextDecoder('latin1')

function spansIn(body: Uint8Array, sent: ReadonlyMap<string, string>): Span[] {
  const text = oneByOne.decode(body)
  const handedOut = findNamed(text, isHandedOut)
  const echoed =
    sent.size === 0
      ? []
      : findNamed(text, (name) => sent.has(name)).filter(
          ({ name, start, end }) => text.slice(start, end) === sent.get(name),
        )
  return inOrder([...handedOut, ...echoed, ...findTokens(text)])
}
