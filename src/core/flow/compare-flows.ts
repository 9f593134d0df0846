import { defined } from '@contract/defined'
import type { FlowComparison, FlowDifference, FlowMessage, FlowView } from '@contract/flows'
import { duration } from './labels.ts'
import { redirectBack } from './message-words.ts'

/** Values that are made again for every flow. */
const fresh = new Set([
  'nonce',
  'state',
  'code',
  'code_challenge',
  'redirect_uri',
  'date',
  'etag',
  'request_uri',
  'user_code',
  'iat',
  'exp',
])
const absent = '–'

/** Two flows side by side: messages aligned by kind, with what differs: parameters, status, checks, timing.
 *  Hidden values are equal by their marks, so of secrets only presence is compared. */
export function compareFlows(left: FlowView, right: FlowView): FlowComparison {
  const rows = align(left.messages, right.messages).map(([one, other]) => ({
    title: titleOf(one, other),
    ...defined({ left: one ? side(one) : undefined, right: other ? side(other) : undefined }),
    differences: one && other ? differencesOf(one, other) : [],
  }))
  const says: string[] = []
  if (left.outcome !== right.outcome || left.code !== right.code)
    says.push(`The left flow ended with “${left.tag}”, the right one with “${right.tag}”.`)
  const first = rows.find(
    (row) => !row.left || !row.right || row.differences.some(({ expected }) => !expected),
  )
  if (first === undefined) says.push('The only differences are values that are new in every flow.')
  else if (!first.left || !first.right)
    says.push(`They diverge at “${first.title}”, which only the ${first.left ? 'left' : 'right'} one has.`)
  else
    says.push(
      `They first differ at “${first.title}”: ${first.differences
        .filter(({ expected }) => !expected)
        .map(({ what }) => what)
        .slice(0, 4)
        .join(', ')}.`,
    )
  return { left: summary(left), right: summary(right), rows, says }
}

/** The longest run of kinds that both have in their order: which message is beside which. */
function align(left: FlowMessage[], right: FlowMessage[]): [FlowMessage?, FlowMessage?][] {
  const lengths = Array.from({ length: left.length + 1 }, () => new Array<number>(right.length + 1).fill(0))
  const at = (row: number, column: number): number => lengths[row]?.[column] ?? 0
  for (let row = left.length - 1; row >= 0; row -= 1) {
    for (let column = right.length - 1; column >= 0; column -= 1) {
      const same = left[row]?.kind === right[column]?.kind
      const best = same ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1))
      const line = lengths[row]
      if (line) line[column] = best
    }
  }
  const rows: [FlowMessage?, FlowMessage?][] = []
  let [row, column] = [0, 0]
  while (row < left.length || column < right.length) {
    const [one, other] = [left[row], right[column]]
    if (one && other && one.kind === other.kind) {
      rows.push([one, other])
      row += 1
      column += 1
    } else if (one && (!other || at(row + 1, column) >= at(row, column + 1))) {
      rows.push([one, undefined])
      row += 1
    } else {
      rows.push([undefined, other])
      column += 1
    }
  }
  return rows
}

function statusOf(message: FlowMessage): string | undefined {
  return /^HTTP (\d+)$/.exec(message.wire?.start ?? '')?.[1] ?? (message.answer ? 'no response' : undefined)
}

function addressOf(message: FlowMessage): string | undefined {
  return message.answer ? undefined : message.wire?.start.split(/[?#]/, 1)[0]
}

function differencesOf(left: FlowMessage, right: FlowMessage): FlowDifference[] {
  const found: FlowDifference[] = []
  function notify(what: string, one: string | undefined, other: string | undefined, expected = false): void {
    if (one !== other) found.push({ what, left: one ?? absent, right: other ?? absent, expected })
  }
  notify('status', statusOf(left), statusOf(right))
  // A loopback redirect has another port each time.
  notify('address', addressOf(left), addressOf(right), left.kind === 'authorization-response')
  const names = (message: FlowMessage) => message.parameters.map(({ name }) => name)
  for (const name of new Set([...names(left), ...names(right)])) {
    const value = (message: FlowMessage) => message.parameters.find((each) => each.name === name)?.value
    const both = value(left) !== undefined && value(right) !== undefined
    notify(name, value(left), value(right), both && fresh.has(name.toLowerCase()))
  }
  for (const id of new Set([...left.checks, ...right.checks].map((check) => check.id))) {
    const state = (message: FlowMessage) => message.checks.find((check) => check.id === id)?.state
    notify(`check ${id}`, state(left), state(right))
  }
  const [failed, otherFailed] = [left.failure, right.failure]
  if (failed?.code !== otherFailed?.code || failed?.message !== otherFailed?.message)
    found.push({
      what: 'failure',
      left: failed?.message ?? absent,
      right: otherFailed?.message ?? absent,
      expected: false,
      codes: {
        ...defined({
          left: failed ? failed.code : undefined,
          right: otherFailed ? otherFailed.code : undefined,
        }),
      },
    })
  notify('TLS', left.tls?.protocol, right.tls?.protocol)
  const [one, other] = [left.took, right.took]
  // Small and usual variations are no news, nor is how long a person took in the browser.
  const slow = (least: number, most: number): boolean => most - least > Math.max(50, least)
  if (
    left.tone !== 'unseen' &&
    one !== undefined &&
    other !== undefined &&
    slow(Math.min(one, other), Math.max(one, other))
  )
    notify('time', duration(one), duration(other))
  return found
}

/** What a row is called; by neither side alone where they came to different ends. */
function titleOf(one: FlowMessage | undefined, other: FlowMessage | undefined): string {
  const title = (one ?? other)?.title ?? ''
  if (!one || !other || one.title === other.title) return title
  return one.kind === 'authorization-response' ? redirectBack : `${one.title} / ${other.title}`
}

function side(message: FlowMessage | undefined) {
  if (message === undefined) return undefined
  const status = statusOf(message)
  return {
    index: message.index,
    label: message.number === undefined ? message.label : `${message.number} ${message.label}`,
    ...defined({ status, took: message.took }),
  }
}

function summary({
  messages: _messages,
  parties: _parties,
  failure: _failure,
  dropped: _dropped,
  ...head
}: FlowView) {
  return head
}
