import { randomBytes } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { BodyState } from '@contract/bodies'
import { ok, type Result } from '@contract/result'
import type { BodyShelf, ShelvedBody } from '../../core/records/body-shelf.ts'
import { expectedFailure } from '../../core/text/expected-failure.ts'
import { createBodyReader } from './body-reader.ts'
import { diskFailure } from './disk-failure.ts'
import { bodyGone, type QuestionName, type Questions, type Said, type Told } from './messages.ts'
import { createPieceSink, type PieceSink } from './piece-sink.ts'

interface Kept {
  /** Of the exchange; the thread knows the body by `slot`, since one may come again while the first is still read. */
  id: string
  slot: string
  sink: PieceSink
  state: BodyState
  file: string
  key: Uint8Array
  /** What still reads it. */
  readers: number
  released: boolean
  whole: { promise: Promise<void>; done: () => void; fail: (error: unknown) => void }
}

interface Dependencies {
  /** A folder of its own, which is emptied. */
  folder: string
  /** The built `body-worker.ts`. */
  script: string
  /** Told how far each body is. */
  told: (state: BodyState) => void
}

/** What the thread's heap may grow to, in megabytes: the engine lets garbage beside the heap pile up to the same extent
 *  before it looks at it. */
const heapSize = 72
const youngSize = 6
/** Milliseconds without a body after which the thread ends. */
const idle = 60_000

/** Long bodies in sealed files, in the hands of a thread of its own, which begins with the first of them. */
export function createBodyShelf({ folder, script, told }: Dependencies): BodyShelf {
  rmSync(folder, { recursive: true, force: true })
  /** By the exchange, those that were not released. */
  const bodies = new Map<string, Kept>()
  const slots = new Map<string, Kept>()
  const waiting = new Map<number, (answer: Result<unknown>) => void>()
  let last = 0
  let thread: Worker | undefined
  let ending: NodeJS.Timeout | undefined

  function hear(said: Said): void {
    if (said.kind === 'taken') return slots.get(said.id)?.sink.taken(said.buffer)
    if (said.kind === 'state') return hearState(said.state)
    const done = waiting.get(said.number)
    waiting.delete(said.number)
    done?.(said.kind === 'answer' ? ok(said.answer) : { ok: false, error: said.failure })
  }
  function hearState(state: BodyState): void {
    const kept = slots.get(state.id)
    if (kept === undefined) return
    kept.state = { ...state, id: kept.id }
    if (state.failure !== undefined) {
      const failure = expectedFailure(state.failure)
      kept.sink.fail(failure)
      kept.whole.fail(failure)
    } else if (state.whole) kept.whole.done()
    if (!kept.released) told(kept.state)
  }
  /** The thread is gone, with all that it had. */
  function lose(error: unknown): void {
    thread = undefined
    const failure = expectedFailure(diskFailure(error))
    for (const kept of slots.values()) {
      kept.sink.fail(failure)
      kept.whole.fail(failure)
    }
    bodies.clear()
    slots.clear()
    for (const done of waiting.values()) done(bodyGone)
    waiting.clear()
  }
  function running(): Worker {
    clearTimeout(ending)
    if (thread !== undefined) return thread
    const made = new Worker(script, {
      resourceLimits: { maxOldGenerationSizeMb: heapSize, maxYoungGenerationSizeMb: youngSize },
    })
    made.on('message', hear)
    made.once('error', (error) => {
      if (thread === made) lose(error)
    })
    made.once('exit', () => {
      if (thread === made) lose(new Error('the thread ended'))
    })
    made.unref()
    thread = made
    return made
  }
  function tell(message: Told, transfer: ArrayBuffer[] = []): void {
    running().postMessage(message, transfer)
  }
  function ask<Name extends QuestionName>(
    name: Name,
    asked: Questions[Name]['asked'],
  ): Promise<Result<Questions[Name]['answer']>> {
    const kept = bodies.get(asked.id)
    if (kept === undefined) return Promise.resolve(bodyGone)
    last += 1
    const number = last
    const answer = new Promise<Result<unknown>>((done) => void waiting.set(number, done))
    running().postMessage({ kind: 'ask', number, name, asked: { ...asked, id: kept.slot } })
    return answer as Promise<Result<Questions[Name]['answer']>>
  }
  function drop(kept: Kept): void {
    if (kept.readers > 0 || !kept.released || !slots.delete(kept.slot)) return
    kept.whole.fail(expectedFailure(bodyGone.error))
    tell({ kind: 'drop', id: kept.slot })
    if (slots.size === 0) endSoon()
  }
  function endSoon(): void {
    clearTimeout(ending)
    ending = setTimeout(end, idle)
    ending.unref()
  }
  function end(): void {
    if (slots.size > 0) return
    const ended = thread
    thread = undefined
    void ended?.terminate()
  }
  function release(id: string): void {
    const kept = bodies.get(id)
    if (kept === undefined) return
    bodies.delete(id)
    kept.released = true
    kept.sink.end()
    drop(kept)
  }

  function begin({ id, contentType, secrets }: Parameters<BodyShelf['begin']>[0]): PieceSink {
    release(id)
    const slot = randomBytes(16).toString('hex')
    const file = join(folder, slot)
    const key = randomBytes(32)
    const sink = createPieceSink({
      send: (bytes, length) => tell({ kind: 'piece', id: slot, bytes, length }, [bytes]),
      end: () => tell({ kind: 'end', id: slot }),
    })
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
    } catch (error) {
      sink.fail(expectedFailure(diskFailure(error)))
      return sink
    }
    const state = { id, received: 0, size: 0, whole: false }
    const kept = { id, slot, sink, state, file, key, readers: 0, released: false, whole: latch() }
    bodies.set(id, kept)
    slots.set(slot, kept)
    tell({ kind: 'begin', id: slot, file, key, contentType, secrets })
    return sink
  }

  return {
    begin,
    state: (id) => bodies.get(id)?.state,
    rows: (asked) => ask('rows', asked),
    table: (asked) => ask('table', asked),
    cell: (asked) => ask('cell', asked),
    bytes: (id, offset, length) => ask('bytes', { id, offset, length }),
    search: (asked) => ask('search', asked),
    checkPath: (id, path) => ask('path', { id, path }),
    fold: (asked) => ask('fold', asked),
    node: (id, line) => ask('node', { id, line }),
    stopSearch: (id) => {
      const kept = bodies.get(id)
      if (kept !== undefined) tell({ kind: 'stop-search', id: kept.slot })
    },
    filter({ from, id, path }) {
      const source = bodies.get(from)
      if (source === undefined) return
      begin({ id, contentType: 'application/json' })
      const made = bodies.get(id)
      if (made !== undefined) tell({ kind: 'filter', id: made.slot, from: source.slot, path })
    },
    open(id): ShelvedBody | undefined {
      const kept = bodies.get(id)
      if (kept === undefined) return undefined
      kept.readers += 1
      const reader = createBodyReader(kept.file, kept.key, () => kept.state.size)
      let isDone = false
      return {
        get byteLength() {
          return kept.state.received
        },
        subarray: reader.read,
        isWhole: () => kept.state.whole,
        whole: kept.whole.promise,
        done: () => {
          if (isDone) return
          isDone = true
          reader.close()
          kept.readers -= 1
          drop(kept)
        },
      }
    },
    release,
    forget: () => {
      for (const id of [...bodies.keys()]) release(id)
    },
    warm: () => {
      running()
      if (slots.size === 0) endSoon()
    },
    close: async () => {
      clearTimeout(ending)
      const ended = thread
      thread = undefined
      bodies.clear()
      slots.clear()
      await ended?.terminate()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A promise that is kept or broken from outside; no one needs to look. */
function latch(): Kept['whole'] {
  let done: () => void = () => undefined
  let fail: (error: unknown) => void = () => undefined
  const promise = new Promise<void>((resolve, reject) => {
    done = resolve
    fail = reject
  })
  promise.catch(() => undefined)
  return { promise, done, fail }
}
