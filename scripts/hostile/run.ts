/** Tries the program with what nobody means well by, longer than a test may take. `--calls N` (1,000,000), `--odd N` (20,000), `--bits N` (600),
 *  `--files N` (100), `--canaries N` (200), `--waits MIB` (400), `--plain MIB` (256), `--update MIB` (300), `--faults N` (50, of each), 0 leaves
 *  them out; `--longest MS` (250) is what another call may wait; `--seed N`, `--json`. */
import { parseArgs } from 'node:util'
import { attackCalls } from './calls.ts'
import { attackBits, attackFiles } from './damage.ts'
import { attackCanaries } from './canaries/attack.ts'
import { attackNetwork } from './faults.ts'
import { attackOddly } from './odd.ts'
import { attackPlain } from './plain.ts'
import { attackUpdate } from './update.ts'
import { attackWaits } from './waits.ts'
import type { Attack, Outcome } from './words.ts'

/** What there is to try, by the option that says how often. */
const attacks: Record<string, { attack: Attack; count: number; says: string }> = {
  calls: { attack: attackCalls, count: 1_000_000, says: 'malformed calls' },
  odd: { attack: attackOddly, count: 20_000, says: 'well-formed calls with odd values' },
  bits: { attack: attackBits, count: 600, says: 'flipped bits' },
  files: { attack: attackFiles, count: 100, says: 'damaged files' },
  canaries: { attack: attackCanaries, count: 200, says: 'secrets planted and looked for' },
  waits: { attack: attackWaits, count: 400, says: 'MiB of a database copied, checked and restored' },
  plain: { attack: attackPlain, count: 256, says: 'MiB of history in plain sealed at an unlock' },
  update: { attack: attackUpdate, count: 300, says: 'MiB of an older format updated at a start' },
  faults: { attack: attackNetwork, count: 50, says: 'sendings into faults of the network' },
}

const counts = Object.fromEntries(
  Object.entries(attacks).map(([name, { count }]) => [
    name,
    { type: 'string' as const, default: String(count) },
  ]),
)
const { values } = parseArgs({
  options: {
    ...counts,
    longest: { type: 'string', default: '250' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
})

function wholeNumber(name: string, value: unknown): number {
  const number = Number(value)
  if (!Number.isInteger(number) || number < 0) throw new Error(`--${name} wants a whole number from 0`)
  return number
}

const seed = wholeNumber('seed', values['seed'])
const longest = wholeNumber('longest', values['longest'])
const outcomes: Record<string, Outcome & { seconds: number }> = {}
for (const [name, { attack, says }] of Object.entries(attacks)) {
  const count = wholeNumber(name, values[name as keyof typeof values])
  if (count === 0) continue
  const began = performance.now()
  const outcome = await attack({
    count,
    seed,
    longest,
    tell: (line) => void (values['json'] === true || process.stderr.write(`${line}\n`)),
  })
  const seconds = Math.round((performance.now() - began) / 100) / 10
  outcomes[name] = { ...outcome, seconds }
  if (values['json'] === true) continue
  const figures = Object.entries(outcome.figures).map(([label, value]) => `${label} ${value}`)
  process.stdout.write(
    `${outcome.tried.toLocaleString('en')} ${says} in ${seconds} s: ${outcome.wrong.length} wrong (${figures.join(', ')})\n`,
  )
  for (const line of outcome.wrong.slice(0, 20)) process.stdout.write(`  ${line}\n`)
}

if (values['json'] === true) {
  const report = Object.fromEntries(
    Object.entries(outcomes).map(([name, { wrong, ...rest }]) => [
      name,
      { ...rest, wrong: wrong.length, examples: wrong.slice(0, 20) },
    ]),
  )
  process.stdout.write(`${JSON.stringify({ seed, ...report })}\n`)
}
process.exitCode = Object.values(outcomes).some(({ wrong }) => wrong.length > 0) ? 1 : 0
