import { defined } from '@contract/defined'
import { coverBytes, type FindSpans } from './cover-bytes.ts'
import { findTokens, inOrder, type Span } from '../secrecy/looks.ts'
import { maskUrl } from '../secrecy/mask.ts'
import { findNamed } from '../secrecy/named-values.ts'
import { isHandedOut, isSecretParameter } from '../secrecy/names.ts'
import type { Scrubber } from '../secrecy/scrub.ts'
import { redactTokens } from '../secrecy/redact.ts'
import type { Pacer } from '../text/pacer.ts'
import { charsetTrouble, isText } from './body-text.ts'
import type { HttpAnswer } from './wire.ts'

interface Known {
  /** Of secrets in any spelling. */
  scrub: Scrubber
  /** Values too short to be looked for, by the names that they were sent with. */
  sent?: ReadonlyMap<string, string>
  /** Lets others work between two pieces of a long body. */
  pacer: Pacer
}

/** A response without secrets, wherever they are in it: those that are known to the scrubber, tokens by their looks, what
 *  it hands out by its names, and values too short to be looked for under the name that they were sent with. */
export async function coverAnswer(
  answer: HttpAnswer,
  { scrub, sent = new Map(), pacer }: Known,
): Promise<HttpAnswer> {
  const address = (url: string): string => maskUrl(scrub.text(url), isSecretParameter)
  const find = findInBody(answer.body, answer.contentType, sent)
  return {
    ...answer,
    url: address(answer.url),
    contentType: scrub.text(answer.contentType),
    ...defined({
      declaredType: answer.declaredType === undefined ? undefined : scrub.text(answer.declaredType),
    }),
    statusText: redactTokens(scrub.text(answer.statusText)),
    hops: answer.hops.map((hop) => ({ ...hop, url: address(hop.url) })),
    ...defined({
      held: answer.held === undefined ? undefined : { ...answer.held, to: address(answer.held.to) },
    }),
    headers: answer.headers.map(([name, value]) => [scrub.text(name), scrub.text(value)]),
    body: await coverBytes(answer.body, find, scrub, pacer),
    ...defined({ problem: answer.problem === undefined ? undefined : scrub.data(answer.problem) }),
  }
}

/** What was odd about a response's body and did no harm. */
export function oddities({ body, contentType, oddities: coded = [], ...rest }: HttpAnswer): string[] {
  const goesOn = rest.truncated || rest.problem !== undefined || rest.elsewhere !== undefined
  const charset = rest.undecoded === undefined ? charsetTrouble(body, contentType, goesOn) : undefined
  return charset === undefined ? coded : [...coded, charset]
}

/** Finds in a body what is to be covered beside known secrets; `undefined` where it is not text. `body`: its first part is
 *  enough. `sent`: values too short to be looked for, by the names that they were sent with. */
export function findInBody(
  body: Uint8Array,
  contentType: string,
  sent: ReadonlyMap<string, string>,
): FindSpans | undefined {
  return isText(body, contentType) ? (text) => spansIn(text, sent) : undefined
}

function spansIn(text: string, sent: ReadonlyMap<string, string>): Span[] {
  const handedOut = findNamed(text, isHandedOut)
  const echoed =
    sent.size === 0
      ? []
      : findNamed(text, (name) => sent.has(name)).filter(
          ({ name, start, end }) => text.slice(start, end) === sent.get(name),
        )
  return inOrder([...handedOut, ...echoed, ...findTokens(text)])
}
