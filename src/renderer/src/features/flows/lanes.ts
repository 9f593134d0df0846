import type { FlowMessage, FlowView } from '@contract/flows.ts'

type Drawn = Pick<FlowView, 'parties' | 'messages'>

/** Between which lines of life a message is drawn: the left one, how many to the right of it, and whether it goes from
 *  right to left. What happens in one party alone spans nothing. */
export function laneOf(
  { parties }: Drawn,
  { from, to, kind }: FlowMessage,
): { lane: number; span: number; back: boolean } {
  const at = (party: FlowMessage['from']): number =>
    Math.max(
      0,
      parties.findIndex((one) => one.party === party),
    )
  const [start, end] = [at(from), kind === 'checks' ? at(from) : at(to)]
  return { lane: Math.min(start, end), span: Math.abs(end - start), back: end < start }
}

/** What is written on an arrow: what is asked, apart from its parameters. A response is all one. */
export function wordsOf({ label, number, answer }: FlowMessage): [string, string] {
  const whole = number === undefined ? label : `${number} ${label}`
  const cut = answer ? -1 : whole.indexOf(' · ')
  return cut < 0 ? [whole, ''] : [whole.slice(0, cut), whole.slice(cut + 3)]
}

/** What the drawing says by its arrow alone: which message it is, from whom to whom. */
export function spokenOf({ parties }: Drawn, { title, from, to }: FlowMessage): string {
  const name = (party: FlowMessage['from']): string =>
    parties.find((one) => one.party === party)?.name ?? party
  return from === to ? `${title}:` : `${title}, ${name(from)} to ${name(to)}:`
}
