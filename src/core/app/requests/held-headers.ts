import type { ExchangeView } from '@contract/requests'
import { mark } from '../../secrecy/mark.ts'
import type { CurrentSession } from '../vault/session.ts'

/** A header as it came. */
interface HeldHeader {
  name: string
  value: string
}

interface Held {
  userId: string
  /** As they came, by their place among the headers of the response. */
  headers: Map<number, HeldHeader>
}

/** What is covered in the headers of responses that are open in a tab, as it came. In memory alone: the history does
 *  not hold it. */
export interface HeldHeaders {
  /** Keeps what the view covers. */
  hold: (view: ExchangeView, headers: readonly [string, string][]) => void
  /** The view, with what its headers cover and whether that can still be had. */
  mark: (view: ExchangeView) => ExchangeView
  read: (id: string, header: number) => HeldHeader | undefined
  release: (id: string) => void
  forget: () => void
}

/** As many responses are held; the oldest give way. Each is as long as the headers of a response at most. */
const most = 200

export function createHeldHeaders(session: CurrentSession): HeldHeaders {
  const held = new Map<string, Held>()
  function headersOf(id: string): Map<number, HeldHeader> | undefined {
    const found = held.get(id)
    return found?.userId === session().user.id ? found.headers : undefined
  }
  return {
    hold({ id, response }, came) {
      const shown = response?.headers ?? []
      const covered = came.flatMap(([name, value], index): [number, HeldHeader][] =>
        shown[index]?.[1] === value ? [] : [[index, { name, value }]],
      )
      if (covered.length === 0) return
      held.set(id, { userId: session().user.id, headers: new Map(covered) })
      for (const oldest of held.keys()) {
        if (held.size <= most) break
        held.delete(oldest)
      }
    },
    mark(view) {
      if (view.response === undefined) return view
      const { response } = view
      const found = headersOf(view.id)
      const headers =
        found === undefined
          ? response.headers.flatMap(([, value], index) => (value.includes(mark) ? [index] : []))
          : [...found.keys()]
      if (headers.length === 0) return view
      return { ...view, response: { ...response, covered: { headers, held: found !== undefined } } }
    },
    read: (id, header) => headersOf(id)?.get(header),
    release: (id) => void held.delete(id),
    forget: () => held.clear(),
  }
}
