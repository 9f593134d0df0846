import { fileKey } from './file-of-tab.ts'
import type { Tab, TabSubject } from './tab.ts'

/** The same thing is opened once: this names it. Requests that are not saved are always new. */
export function idOf(subject: TabSubject): string {
  switch (subject.kind) {
    case 'account':
      return `account:${subject.accountId}`
    case 'connection':
      return `connection:${subject.connectionId}`
    case 'request':
      if (subject.seed.from === 'file') return fileKey(subject.seed.request)
      return subject.seed.from === 'exchange'
        ? `exchange:${subject.seed.exchangeId}`
        : `new:${crypto.randomUUID()}`
    case 'run':
      // What was picked for it is another each time.
      if (subject.paths) return `run:${crypto.randomUUID()}`
      return `run:${subject.collectionId}:${subject.folder}`
    case 'flow':
      return `flow:${subject.flowId}`
    case 'flow-comparison':
      return `flows:${subject.left}:${subject.right}`
    default:
      return subject.kind
  }
}

/** The id for a new tab. A file that was moved keeps its tab, whose id is then not for the next one in its old place. */
export function freeId(tabs: readonly Tab[], wanted: string, subject: TabSubject): string {
  const taken = tabs.find((tab) => tab.id === wanted)
  const own = taken && fileKeyOf(taken.subject)
  const next = fileKeyOf(subject)
  return own !== undefined && next !== undefined && own !== next ? `${wanted}:${crypto.randomUUID()}` : wanted
}

/** Whether both show the same file. */
export function isSame(one: TabSubject, other: TabSubject): boolean {
  const id = fileKeyOf(one)
  return id !== undefined && id === fileKeyOf(other)
}

function fileKeyOf(subject: TabSubject): string | undefined {
  if (subject.kind !== 'request') return undefined
  const { seed } = subject
  if (seed.from === 'file') return fileKey(seed.request)
  return seed.from === 'kept' && seed.file ? fileKey(seed.file) : undefined
}
