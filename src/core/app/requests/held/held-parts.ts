import { defined } from '@contract/defined'
import type { ExchangeView } from '@contract/requests'
import { mark } from '../../../secrecy/mark.ts'
import type { AnswerToken } from './answer-tokens.ts'
import type { CurrentSession } from '../../vault/session.ts'

/** A header as it came. */
interface HeldHeader {
  name: string
  value: string
}

interface Held {
  userId: string
  /** As they came, by their place among the headers of the response. */
  headers: Map<number, HeldHeader>
  tokens: readonly AnswerToken[]
}

/** What is covered in responses that are open in a tab, as it came: headers, and tokens anywhere. In memory alone: the
 *  history does not hold it. */
export interface HeldParts {
  /** Keeps what the view covers. */
  hold: (
    view: ExchangeView,
    came: { headers: readonly [string, string][]; tokens: readonly AnswerToken[] },
  ) => void
  /** The view, with what its headers cover, whether that can still be had, and what its tokens are called. */
  mark: (view: ExchangeView) => ExchangeView
  read: (id: string, header: number) => HeldHeader | undefined
  /** A token by its place among those that the view names, in compact form. */
  token: (id: string, at: number) => string | undefined
  release: (id: string) => void
  forget: () => void
}

/** As many responses are held; the oldest give way. Each is as long as the headers of a response and its tokens at most. */
const most = 200

export function createHeldParts(session: CurrentSession): HeldParts {
  const held = new Map<string, Held>()
  function heldOf(id: string): Held | undefined {
    const found = held.get(id)
    return found?.userId === session().user.id ? found : undefined
  }
  return {
    hold({ id, response }, { headers, tokens }) {
      const shown = response?.headers ?? []
      const covered = headers.flatMap(([name, value], index): [number, HeldHeader][] =>
        shown[index]?.[1] === value ? [] : [[index, { name, value }]],
      )
      if (covered.length === 0 && tokens.length === 0) return
      held.set(id, { userId: session().user.id, headers: new Map(covered), tokens })
      for (const oldest of held.keys()) {
        if (held.size <= most) break
        held.delete(oldest)
      }
    },
    mark(view) {
      if (view.response === undefined) return view
      const { response } = view
      const found = heldOf(view.id)
      const headers =
        found === undefined
          ? response.headers.flatMap(([, value], index) => (value.includes(mark) ? [index] : []))
          : [...found.headers.keys()]
      const tokens = found?.tokens.map(({ name }) => name) ?? []
      if (headers.length === 0 && tokens.length === 0) return view
      const parts = defined({
        covered: headers.length === 0 ? undefined : { headers, held: found !== undefined },
        tokens: tokens.length === 0 ? undefined : tokens,
      })
      return { ...view, response: { ...response, ...parts } }
    },
    read: (id, header) => heldOf(id)?.headers.get(header),
    token: (id, at) => heldOf(id)?.tokens[at]?.text,
    release: (id) => void held.delete(id),
    forget: () => held.clear(),
  }
}
