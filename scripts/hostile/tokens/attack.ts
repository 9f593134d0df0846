/** Changed tokens, of which none may hold that the original's key did not sign. */
import { randomOf } from '../canaries/canary.ts'
import { mutate } from './mutate.ts'
import { makeOriginals } from './originals.ts'

/** What came of it: each must be 0 but for `tried` and `unchanged`, those that a change left what they were. */
interface MutationReport {
  tried: number
  unchanged: number
  accepted: string[]
  crashed: string[]
  /** Texts that took over 50 ms of the processor, all threads together, in each of four tries. */
  slow: string[]
  /** Those that took it the first time, when a collection of garbage may fall into it. */
  slowOnce: number
}

const most = 50

/** Tries so many changed tokens. */
export async function attackTokens(
  count: number,
  seed: number,
  tell: (done: number) => void = () => {},
): Promise<MutationReport> {
  const random = randomOf(seed)
  const originals = await makeOriginals()
  const report: MutationReport = { tried: 0, unchanged: 0, accepted: [], crashed: [], slow: [], slowOnce: 0 }
  for (const { text, judge, name } of originals)
    if ((await judge(text)).accepted.length === 0) throw new Error(`the original ${name} does not hold`)
  while (report.tried < count) {
    const one = originals[report.tried % originals.length]
    const other = originals[Math.floor(random() * originals.length)]
    if (one === undefined || other === undefined) throw new Error('no original')
    const text = mutate(one.text, random, other.text)
    report.tried += 1
    const sample = `${one.name}: ${text.slice(0, 1_000)}`
    try {
      const began = process.cpuUsage()
      const { accepted } = await one.judge(text)
      if (millisecondsSince(began) > most) {
        report.slowOnce += 1
        if (await isSlow(() => one.judge(text))) report.slow.push(sample)
      }
      if (accepted.length > 0) report.unchanged += 1
      if (accepted.some((piece) => !one.signed.has(piece))) report.accepted.push(sample)
    } catch (thrown) {
      report.crashed.push(`${sample}: ${thrown instanceof Error ? thrown.message : 'threw'}`)
    }
    if (report.tried % 20_000 === 0) tell(report.tried)
  }
  return report
}

async function isSlow(work: () => Promise<unknown>): Promise<boolean> {
  for (let turn = 0; turn < 3; turn += 1) {
    const began = process.cpuUsage()
    await work()
    if (millisecondsSince(began) <= most) return false
  }
  return true
}

/** Of this program's processor: what others do on the computer meanwhile does not count. */
function millisecondsSince(began: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(began)
  return (user + system) / 1_000
}
