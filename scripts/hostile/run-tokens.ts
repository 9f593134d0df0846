/** Changes tokens in whatever runs this program. Arguments: how many, and the seed. */
import { attackTokens } from './tokens/attack.ts'

const [count = 1_000_000, seed = 1] = process.argv.slice(2).map(Number)
const began = performance.now()
const report = await attackTokens(count, seed, (done) =>
  process.stderr.write(`${done.toLocaleString('en')} tried\n`),
)
const { accepted, crashed, slow } = report
const seconds = Math.round((performance.now() - began) / 1_000)
process.stdout.write(
  `${report.tried.toLocaleString('en')} changed tokens with seed ${seed} in ${seconds} s: ${accepted.length} accepted that the key did not sign, ${crashed.length} crashes, ${slow.length} over 50 ms of the processor each time (${report.slowOnce} the first time); ${report.unchanged} held, as the change was not in what is signed\n`,
)
for (const line of [...accepted, ...crashed, ...slow].slice(0, 20)) process.stdout.write(`  ${line}\n`)
process.exitCode = accepted.length + crashed.length + slow.length === 0 ? 0 : 1
