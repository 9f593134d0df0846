import type { FlowCheck, FlowView } from '@contract/flows'
import { duration } from './labels.ts'

/** A flow as a Mermaid sequence diagram. */
export function toMermaid(flow: FlowView): string {
  const lines = flow.parties.map(({ party, name }) => `  participant ${party} as ${escaped(name) || party}`)
  for (const message of flow.messages) {
    const number = message.number === undefined ? '' : `${message.number} `
    const took = message.answer && message.took !== undefined ? ` · ${duration(message.took)}` : ''
    if (message.kind === 'authorization-unseen') {
      lines.push(`  Note over browser,provider: ${escaped(message.label)}`)
    } else if (message.kind !== 'checks') {
      const arrow = message.answer ? '-->>' : '->>'
      lines.push(`  ${message.from}${arrow}${message.to}: ${escaped(`${number}${message.label}${took}`)}`)
    }
    if (message.checks.length > 0) {
      const checks = message.checks.map(({ state, label }) => `${marks[state]} ${label}`).join(' · ')
      lines.push(`  Note over app: ${escaped(checks)}`)
    }
    if (message.failure) lines.push(`  Note over app: ${escaped(`✗ ${message.failure.code}`)}`)
  }
  return ['sequenceDiagram', ...withParties(lines, flow), ''].join('\n')
}

const marks: Record<FlowCheck['state'], string> = {
  valid: '✓',
  invalid: '✗',
  notice: '!',
  'not-checked': '?',
}

/** Mermaid reads `#`, `;`, line ends, `%%`, HTML and the word `end` as its own: all but harmless characters
 *  become character codes. */
function escaped(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 200)
    .replace(/[^\p{L}\p{N} .,·/_+=()?!'’“”…→↔✓✗•-]/gu, (character) => `#${character.codePointAt(0)};`)
    .replace(/\bend\b/gi, (word) => `#${word.codePointAt(0)};${word.slice(1)}`)
}

/** A note over browser and provider needs both to take part. */
function withParties(lines: string[], flow: FlowView): string[] {
  const missing = lines.some((line) => line.startsWith('  Note over browser,provider'))
    ? (['browser', 'provider'] as const).filter((party) => !flow.parties.some((each) => each.party === party))
    : []
  return [...missing.map((party) => `  participant ${party}`), ...lines]
}
