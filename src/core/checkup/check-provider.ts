import type { CheckupGrade, CheckupItem, CheckupView } from '@contract/checkup'
import { checkupAreas } from '@contract/words'
import type { CheckupInput } from './item.ts'
import { keyItems } from './keys.ts'
import { signInItems } from './sign-in.ts'
import { stockItems, type StockSeen } from './stock.ts'
import { tokenItems } from './tokens.ts'

/** Measures a provider by its metadata and keys against RFC 9700, the OAuth 2.1 draft and the FAPI 2.0
 *  Security Profile. Nothing is asked of anyone; what does not show is `unknown`, never guessed. */
export function checkProvider(input: CheckupInput & { stock?: StockSeen }): CheckupItem[] {
  const items = [
    ...signInItems(input),
    ...tokenItems(input),
    ...keyItems(input),
    ...stockItems(input.stock ?? {}),
  ]
  return checkupAreas.flatMap((area) => items.filter((each) => each.area === area))
}

const words: Record<CheckupGrade, string> = {
  pass: '✓ pass',
  weak: '! weak',
  missing: '– missing',
  unknown: '? unknown',
}

/** The report as a Markdown table. */
export function checkupMarkdown({ issuer, at, items, keysMissing, metadataNote }: CheckupView): string {
  const rows = items.map(
    ({ area, title, grade, found, values = [], means, rules }) =>
      `| ${area} | ${cell(title)} | ${words[grade]} | ${cell([found, values.join(', ')].join(' ').trim())} | ${cell(means)} | ${rules
        .map(({ specification, section }) => `${specification} §${section}`)
        .join(', ')} |`,
  )
  return [
    `# Check-up of ${cell(issuer)}`,
    '',
    `${new Date(at).toISOString()}. Made from metadata and published keys; what these do not show is “unknown”.`,
    ...[metadataNote, keysMissing].filter((note) => note !== undefined).map((note) => `\n> ${cell(note)}`),
    '',
    '| Area | What | Grade | Found | What it means for a client | Rules |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n')
}

/** Provider's words can hold pipes, line ends and markup. */
function cell(text: string): string {
  return text
    .replace(/[\r\n]+/g, ' ')
    .replaceAll('\\', '\\\\')
    .replaceAll('|', '\\|')
    .replaceAll('<', '&lt;')
}
