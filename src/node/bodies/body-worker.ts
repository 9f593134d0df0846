import { parentPort } from 'node:worker_threads'
import { fail, ok, type Result } from '@contract/result'
import { bodyGone, type Asked, type QuestionName, type Said, type Told } from './messages.ts'
import { readPath } from './path-filter.ts'
import { startFilter, type RunningFilter } from './running-filter.ts'
import { startSearch, type RunningSearch } from './running-search.ts'
import { createShelved, type Shelved } from './shelved.ts'

/** The thread of long bodies: it takes them piece by piece, and answers what lines they have. */

interface Kept {
  shelved: Shelved
  search?: RunningSearch
  /** Fills it from another body. */
  fill?: RunningFilter
  /** When its state was told last, and whether it was whole then. */
  toldAt: number
  toldWhole: boolean
}

const port = parentPort
const bodies = new Map<string, Kept>()
/** Milliseconds between two states of a body that comes. */
const stateEvery = 80
/** A value that is copied is there several times, as bytes and as text. */
const longestCopied = 8_388_608
const decoder = new TextDecoder()
let working = false

function say(said: Said, transfer: ArrayBuffer[] = []): void {
  port?.postMessage(said, transfer)
}

function tellState(kept: Kept): void {
  const passedOver = kept.fill?.passedOver() ?? 0
  const state = { ...kept.shelved.state(), ...(passedOver > 0 && { passedOver }) }
  kept.toldAt = performance.now()
  kept.toldWhole = state.whole || state.failure !== undefined
  say({ kind: 'state', state })
}

/** Does what is to be done, a piece at a time: what is asked meanwhile is answered in between. */
function work(): void {
  working = false
  let more = false
  for (const kept of bodies.values()) {
    const filled = kept.fill?.work() ?? false
    const covered = kept.shelved.work() || filled
    const searched = kept.search?.work() ?? false
    more ||= covered || searched
    const { whole, failure } = kept.shelved.state()
    const over = whole || failure !== undefined
    if (covered && (performance.now() - kept.toldAt >= stateEvery || (over && !kept.toldWhole)))
      tellState(kept)
    else if (!covered && !kept.toldWhole && kept.shelved.state().size > 0) tellLater(kept)
  }
  if (more) workSoon()
}
function workSoon(): void {
  if (working) return
  working = true
  setImmediate(work)
}
const later = new WeakSet<Kept>()
function tellLater(kept: Kept): void {
  if (later.has(kept)) return
  later.add(kept)
  setTimeout(() => {
    later.delete(kept)
    if (!kept.toldWhole) tellState(kept)
  }, stateEvery)
}

function take(told: Told): void {
  if (told.kind === 'begin') {
    bodies.set(told.id, { shelved: createShelved(told), toldAt: Number.NEGATIVE_INFINITY, toldWhole: false })
    return
  }
  const kept = bodies.get(told.id)
  if (told.kind === 'piece') {
    const { id, bytes, length } = told
    const taken = (): void => say({ kind: 'taken', id, buffer: bytes }, [bytes])
    if (kept === undefined) taken()
    else kept.shelved.take(new Uint8Array(bytes, 0, length), taken)
  } else if (told.kind === 'end') kept?.shelved.end()
  else if (told.kind === 'filter') {
    const from = bodies.get(told.from)
    const path = readPath(told.path)
    if (kept !== undefined && from !== undefined && path.ok)
      kept.fill = startFilter(from.shelved, kept.shelved, path.value)
  } else if (told.kind === 'stop-search') {
    if (kept !== undefined) delete kept.search
  } else {
    bodies.delete(told.id)
    kept?.shelved.close()
  }
  workSoon()
}

const answers: {
  [Name in QuestionName]: (asked: Extract<Asked, { name: Name }>['asked'], kept: Kept) => Result<unknown>
} = {
  rows: ({ as, from, count }, { shelved }) => ok(shelved.lines(as)?.rows(from, from + count) ?? []),
  bytes: ({ offset, length }, { shelved }) => ok(shelved.read(offset, offset + length).slice()),
  search: (asked, kept) => {
    if (kept.search === undefined || !kept.search.isFor(asked)) {
      const started = startSearch(kept.shelved, asked)
      if (!started.ok) return started
      kept.search = started.value
    }
    // Something is found at once where the body is short.
    const until = performance.now() + 10
    while (performance.now() < until && kept.search.work());
    workSoon()
    return ok(kept.search.answer(asked))
  },
  table: ({ from, count }, { shelved }) => {
    const table = shelved.table()
    return table === undefined ? bodyGone : ok(table.page(from, from + count))
  },
  cell: ({ row, column }, { shelved }) => {
    const text = shelved.table()?.copy(row, column)
    if (text === undefined) return bodyGone
    return typeof text === 'string' ? ok(text) : tooLong
  },
  path: ({ path }) => {
    const read = readPath(path)
    return read.ok ? ok(null) : read
  },
  fold: ({ line }, { shelved }) => {
    const end = shelved.json()?.closing(line)
    return end === undefined ? notWhole : ok({ to: end.line })
  },
  node: ({ line }, { shelved }) => {
    const node = shelved.json()?.node(line)
    if (node === undefined) return bodyGone
    if (node.to - node.from > longestCopied) return tooLong
    return ok({ path: node.path, value: valueText(decoder.decode(shelved.read(node.from, node.to))) })
  },
}

const notWhole = fail('body_open', 'The end of this part has not come yet.', 'Try again when more has come.')
const tooLong = fail(
  'body_too_large',
  'This value is too large for the clipboard.',
  'Save the body to a file.',
)

/** A text without its quotes and escapes; all else as it is written. */
function valueText(written: string): string {
  if (!written.startsWith('"')) return written
  try {
    return String(JSON.parse(written))
  } catch {
    return written
  }
}

function answer({ number, name, asked }: Asked): void {
  const kept = bodies.get(asked.id)
  const found = kept === undefined ? bodyGone : answers[name](asked as never, kept)
  say(
    found.ok
      ? { kind: 'answer', number, answer: found.value }
      : { kind: 'refused', number, failure: found.error },
  )
}

port?.on('message', (message: Told | Asked) => {
  if (message.kind === 'ask') answer(message)
  else take(message)
})
