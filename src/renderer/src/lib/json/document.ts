import { mostDoubled, type Answers, type Ask } from './messages.ts'
import { outlineJson, type CopiedNode, type TreeRow } from './outline.ts'
import { askWorker } from '../workers/ask-worker.ts'
import { startOutlineWorker } from '../workers/start-worker.ts'

/** A JSON body laid out, of which a part at a time is asked for. */
export interface JsonDocument {
  open: () => Promise<Answers['open']>
  lines: (from: number, to: number) => Promise<string[]>
  nodes: (from: number, to: number) => Promise<TreeRow[]>
  toggle: (node: number) => Promise<number>
  copy: (node: number) => Promise<CopiedNode | undefined>
  close: () => void
}

/** A small text, laid out in the page itself. */
export function heldDocument(text: string): JsonDocument {
  const outline = outlineJson(text)
  const range = (from: number, to: number, count: number): number[] =>
    Array.from({ length: Math.max(0, Math.min(to, count) - from) }, (_, index) => from + index)
  return {
    open: async () =>
      outline && {
        lines: outline.lineCount(),
        nodes: outline.nodeCount(),
        doubled: outline.doubled(mostDoubled),
      },
    lines: async (from, to) =>
      range(from, to, outline?.lineCount() ?? 0).map((at) => outline?.line(at) ?? ''),
    nodes: async (from, to) =>
      range(from, to, outline?.nodeCount() ?? 0).flatMap((at) => outline?.node(at) ?? []),
    toggle: async (node) => outline?.toggle(node) ?? 0,
    copy: async (node) => outline?.copy(node),
    close: () => undefined,
  }
}

/** A stored body, read and laid out by a worker of its own: the page goes on meanwhile. */
export function storedDocument(exchangeId: string): JsonDocument {
  const { ask, end } = startAsking()
  return {
    open: () => ask({ kind: 'open', body: `/body/${exchangeId}` }),
    lines: (from, to) => ask({ kind: 'lines', from, to }),
    nodes: (from, to) => ask({ kind: 'nodes', from, to }),
    toggle: (node) => ask({ kind: 'toggle', node }),
    copy: (node) => ask({ kind: 'copy', node }),
    close: end,
  }
}

/** Compares two stored bodies in a worker of its own, which ends with `end`. */
export function compareStored(
  left: string,
  right: string,
  json: boolean,
): { outcome: Promise<Answers['compare']>; end: () => void } {
  const { ask, end } = startAsking()
  const outcome = ask({ kind: 'compare', left: `/body/${left}`, right: `/body/${right}`, json })
  return { outcome, end }
}

/** Members of the object that a stored body is, in a worker of its own, which ends with `end`. */
export function membersOfStored(
  exchangeId: string,
  names: readonly string[],
): { found: Promise<Answers['members']>; end: () => void } {
  const { ask, end } = startAsking()
  return { found: ask({ kind: 'members', body: `/body/${exchangeId}`, names }), end }
}

function startAsking() {
  return askWorker<Ask, Answers>(startOutlineWorker())
}
