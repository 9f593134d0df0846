import { defined } from '@contract/defined'
import type { FlowCheck, FlowMessage, FlowParty, FlowView } from '@contract/flows.ts'

/** Sizes of the drawing in pixels. */
const side = 54
/** The last line of life may have a longer name than the first. */
const farSide = 74
const timeColumn = 58
const charWidth = 6.2
const lineHeight = 16
/** Labels of short arrows may be this wide. */
const leastRoom = 110
const mostLines = 3
/** What a message gets at most of the height that is left over. */
const mostSlack = 22

export interface DrawnRow {
  message: FlowMessage
  top: number
  height: number
  /** Where the arrow begins and ends; the same for what happens in the app alone. */
  from: number
  to: number
  /** Of the arrow, from the top of the drawing. */
  arrow: number
  label: { x: number; y: number; text: string }[]
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

/** Where everything of a flow is in a drawing of this width; with room below, its messages are further
 *  apart. Pure, so that it can be tested. */
export function drawFlow(flow: Drawn, width: number, height = 0): Drawing {
  const tight = draw(flow, width, 0)
  const slack = Math.min(mostSlack, Math.floor((height - tight.height) / Math.max(1, flow.messages.length)))
  return slack > 0 ? draw(flow, width, slack) : tight
}

function clip(text: string, room: number): string {
  const most = Math.max(8, Math.floor(room / charWidth))
  return text.length > most ? `${text.slice(0, most - 1)}…` : text
}

function fits(text: string, room: number): boolean {
  return text.length * charWidth <= room
}

/** As many pieces in each line as fit. */
function fill(pieces: string[], between: string, room: number): string[] {
  const out: string[] = []
  for (const piece of pieces) {
    const longer = out.length === 0 ? undefined : `${out.at(-1)}${between}${piece}`
    if (longer !== undefined && fits(longer, room)) out[out.length - 1] = longer
    else out.push(piece)
  }
  return out
}

/** A label in lines above its arrow: what is asked is apart from its parameters. */
function labelLines({ label, number, answer }: FlowMessage, room: number): string[] {
  const whole = number === undefined ? label : `${number} ${label}`
  if (fits(whole, room)) return [whole]
  const parts = whole.split(' · ')
  const groups = answer ? [parts] : [parts.slice(0, 1), parts.slice(1)]
  const out = groups
    .flatMap((group) => fill(group, ' · ', room))
    .flatMap((line) => (fits(line, room) ? [line] : fill(line.split(/(?<=,) /), ' ', room)))
    .flatMap((line) => (fits(line, room) ? [line] : fill(line.split(' '), ' ', room)))
  const kept = out.slice(0, mostLines)
  if (out.length > mostLines) kept[mostLines - 1] = out.slice(mostLines - 1).join(' ')
  return kept.map((line) => clip(line, room))
}

type Drawn = Pick<FlowView, 'parties' | 'messages'>

/** Checks in lines that fit. */
function lines(checks: FlowCheck[], room: number): FlowCheck[][] {
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

function draw(flow: Drawn, width: number, slack: number): Drawing {
  const last = Math.max(side + 1, width - farSide - timeColumn)
  const gap = flow.parties.length > 1 ? (last - side) / (flow.parties.length - 1) : 0
  const lanes = flow.parties.map(({ party, name }, index) => ({
    party,
    name: clip(name, flow.parties.length > 1 ? gap - 8 : width - side),
    x: Math.round(side + gap * index),
  }))
  const x = (party: FlowParty): number => lanes.find((lane) => lane.party === party)?.x ?? side
  const before = Math.floor(slack / 2)
  let top = 6
  const rows = flow.messages.map((message): DrawnRow => {
    const alone = message.kind === 'checks'
    const from = x(message.from)
    const to = alone ? from : x(message.to)
    const left = Math.min(from, to)
    const words = alone ? [] : labelLines(message, Math.max(leastRoom, Math.abs(to - from) - 16))
    const arrow = top + before + (alone ? 8 : 14 + lineHeight * words.length)
    const checkLines = lines(message.checks, width - timeColumn - side)
    const first = arrow + (alone ? 8 : 18)
    const checks = checkLines.map((items, index) => ({ y: first + index * lineHeight, items }))
    const afterChecks = first + checks.length * lineHeight
    const failure = message.failure && { x: side + 10, y: afterChecks, text: `✗ ${message.failure.code}` }
    const end =
      (failure ? afterChecks + 12 : checks.length > 0 ? afterChecks - 2 : arrow + 12) + slack - before
    const row = {
      message,
      top,
      height: end - top,
      from,
      to,
      arrow,
      label: words.map((text, index) => ({
        x: left + 10,
        y: arrow - 7 - (words.length - 1 - index) * lineHeight,
        text,
      })),
      checks,
      ...defined({ failure: failure ? failure : undefined }),
    }
    top = end + 2
    return row
  })
  return { width, height: top + 10, lanes, rows }
}
