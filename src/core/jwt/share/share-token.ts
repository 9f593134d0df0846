import { jwtKinds } from '@contract/tables/jwt-kinds'
import { verdictStates } from '@contract/tables/verdict-states'
import type { Check, ClaimView, TokenLife, TokenView } from '@contract/tokens/tokens'
import { mark } from '../../secrecy/mark.ts'
import { redactTokens } from '../../secrecy/redact.ts'
import { createScrubber } from '../../secrecy/scrub.ts'
import { durationWords } from '../text/numeric-date.ts'
import { coverClaims, isoTime, type CoveredClaims } from './covered-claims.ts'
import { code, prose, table } from './markdown.ts'

/** A token to be passed on: what may be seen of it, and what was left out. */
export interface SharedToken {
  markdown: string
  leftOut: string[]
}

/** Most claims, and most header parameters, that are written down. */
const mostRows = 500
/** From this length on a covered value is covered wherever it is quoted; a shorter one where it is a whole word. */
const shortestAnywhere = 6

const states = {
  valid: 'valid',
  invalid: '**invalid**',
  notice: 'notice',
  'not-checked': 'not checked',
} as const satisfies Record<Check['state'], string>

/** Markdown of what a token is, without its text, its signature and what tells who someone is. `disclosures`: how many
 *  its holder made (RFC 9901), which are left out as well. */
export function shareToken(
  token: TokenView,
  { now, disclosures }: { now: number; disclosures: number },
): SharedToken {
  const header = coverClaims(partOf(token, 'header'))
  const claims = coverClaims(partOf(token, 'claims'))
  const quote = quoting([...header.values, ...claims.values])
  const leftOut = namesOf([header, claims], disclosures)
  const { label } = verdictStates[token.verdict.state]
  const kind = token.format === 'jwt' && token.kind ? ` (${jwtKinds[token.kind.id].source})` : ''
  const lines = [
    `# ${prose(token.verdict.what)}${prose(kind)}`,
    '',
    `**${label}.** ${prose(quote(token.verdict.says))}`,
    '',
    ...lifeLines(token.life, now),
    ...(token.format === 'jwt' && token.life.expiresAt === undefined ? ['- states no expiry'] : []),
    ...token.verdict.attacks.map((attack) => `- ${prose(attack)}`),
    `- ${token.size} bytes`,
    ...section('Checks', checkTable(token.checks, quote)),
    ...section('Header', claimTable('Parameter', header, quote)),
    ...section('Claims', claimTable('Claim', claims, quote)),
    ...('defects' in token
      ? section(
          'Defects',
          token.defects.map(({ message }) => `- ${prose(quote(message))}`),
        )
      : []),
    '',
    `Left out: ${leftOut.map(prose).join(', ')}. Read with Gatehouse at ${isoTime(now)}.`,
    '',
  ]
  return { markdown: lines.join('\n'), leftOut }
}

function partOf(token: TokenView, part: 'header' | 'claims'): ClaimView[] {
  const found = part in token ? (token as Partial<Record<typeof part, ClaimView[]>>)[part] : undefined
  return found ?? []
}

/** Sentences without the covered values that they quote, and without tokens. */
function quoting(values: readonly string[]): (text: string) => string {
  const long = createScrubber(values.filter(({ length }) => length >= shortestAnywhere))
  const short = new Set(values.filter(({ length }) => length < shortestAnywhere && length > 0))
  return (text) =>
    redactTokens(long.text(text)).replace(/[\p{L}\p{N}_@+-]+/gu, (word) => (short.has(word) ? mark : word))
}

function namesOf(parts: CoveredClaims[], disclosures: number): string[] {
  return [
    'the text of the token',
    'its signature',
    ...new Set(parts.flatMap(({ personal, secret }) => [...personal, ...secret])),
    ...(disclosures > 0 ? [`${disclosures} ${disclosures === 1 ? 'disclosure' : 'disclosures'}`] : []),
  ]
}

function lifeLines({ issuedAt, notBefore, expiresAt, revokedAt }: TokenLife, now: number): string[] {
  const line = (label: string, at: number | undefined): string[] =>
    at === undefined ? [] : [`- ${label} ${isoTime(at)}`]
  const from = issuedAt ?? notBefore
  const span =
    from === undefined || expiresAt === undefined ? '' : `, valid for ${durationWords(expiresAt - from)}`
  return [
    ...line('issued', issuedAt),
    ...line('not valid before', notBefore),
    ...line(expiresAt !== undefined && expiresAt <= now ? 'expired' : 'expires', expiresAt).map(
      (text) => `${text}${span}`,
    ),
    ...line('revoked', revokedAt),
  ]
}

function section(title: string, lines: string[]): string[] {
  return lines.length === 0 ? [] : ['', `## ${title}`, '', ...lines]
}

function checkTable(checks: Check[], quote: (text: string) => string): string[] {
  const rows = checks.map(({ label, state, detail, source }) => [
    prose(label),
    states[state],
    prose(quote(detail)),
    prose(source ?? ''),
  ])
  return table(['Check', 'Result', 'Detail', 'Rule'], rows)
}

/** A value that is covered in one row may be in another under a name that is not listed. */
function claimTable(name: string, { rows }: CoveredClaims, quote: (text: string) => string): string[] {
  const shown = rows
    .slice(0, mostRows)
    .map((row) => [code(row.name), row.value === mark ? mark : code(quote(row.value))])
  const rest = rows.length - shown.length
  return [...table([name, 'Value'], shown), ...(rest > 0 ? ['', `And ${rest} more.`] : [])]
}
