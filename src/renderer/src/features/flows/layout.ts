import type { FlowCheck, FlowMessage, FlowParty, FlowView } from '@contract/flows.ts'

/** Sizes of the drawing in pixels. */
const side = 74
const timeColumn = 58
const charWidth = 6.2
const lineHeight = 16

export interface DrawnRow {
  message: FlowMessage
  top: number
  height: number
  /** Where the arrow begins and ends; the same for what happens in the app alone. */
  from: number
  to: number
  /** Of the arrow, from the top of the drawing. */
  arrow: number
  label: { x: number; y: number; text: string }
  /** Lines of checks below the arrow. */
  checks: { y: number; items: FlowCheck[] }[]
  failure?: { x: number; y: number; text: string }
}

export interface Drawing {
  width: number
  height: number
  lanes: { party: FlowParty; name: string; x: number }[]
  rows: DrawnRow[]
}

const clip = (text: string, room: number): string => {
  const most = Math.max(8, Math.floor(room / charWidth))
  return text.length > most ? `${text.slice(0, most - 1)}…` : text
}

/** Checks in lines that fit. */
const lines = (checks: FlowCheck[], room: number): FlowCheck[][] => {
  const out: FlowCheck[][] = []
  let used = Infinity
  for (const check of checks) {
    const needed = (check.label.length + 4) * charWidth
    if (used + needed > room) {
      out.push([])
      used = 0
    }
    out.at(-1)?.push(check)
    used += needed
  }
  return out
}

/** Where everything of a flow stands in a drawing of this width. Pure, so that it can be tested. */
export const drawFlow = (flow: Pick<FlowView, 'parties' | 'messages'>, width: number): Drawing => {
  const last = Math.max(side + 1, width - side - timeColumn)
  const gap = flow.parties.length > 1 ? (last - side) / (flow.parties.length - 1) : 0
  const lanes = flow.parties.map(({ party, name }, index) => ({
    party,
    name: clip(name, flow.parties.length > 1 ? gap - 8 : width - side),
    x: Math.round(side + gap * index),
  }))
  const x = (party: FlowParty): number => lanes.find((lane) => lane.party === party)?.x ?? side
  let top = 6
  const rows = flow.messages.map((message): DrawnRow => {
    const alone = message.kind === 'checks'
    const from = x(message.from)
    const to = alone ? from : x(message.to)
    const left = Math.min(from, to)
    const arrow = top + (alone ? 8 : 30)
    const room = width - timeColumn - left - 14
    const number = message.number === undefined ? '' : `${message.number} `
    const checkLines = lines(message.checks, width - timeColumn - side)
    const first = arrow + (alone ? 8 : 18)
    const checks = checkLines.map((items, index) => ({ y: first + index * lineHeight, items }))
    const afterChecks = first + checks.length * lineHeight
    const failure = message.failure && { x: side + 10, y: afterChecks, text: `✗ ${message.failure.code}` }
    const end = failure ? afterChecks + 12 : checks.length > 0 ? afterChecks - 2 : arrow + 12
    const row = {
      message,
      top,
      height: end - top,
      from,
      to,
      arrow,
      label: { x: left + 10, y: arrow - 7, text: alone ? '' : clip(`${number}${message.label}`, room) },
      checks,
      ...(failure ? { failure } : {}),
    }
    top = end + 2
    return row
  })
  return { width, height: top + 10, lanes, rows }
}
