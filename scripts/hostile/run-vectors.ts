/** Runs the public test vectors in whatever runs this program: its crypto is what is tested. Argument: their folder. */
import { runVectors } from './vectors.ts'

const { compared, excepted, unexpected, stale } = await runVectors(process.argv[2] ?? '../shared/vectors')
const reasons = [...new Set(Object.values(excepted))]
function idsOf(why: string): string[] {
  return Object.keys(excepted).filter((id) => excepted[id] === why)
}
const lines = [
  `${compared} vectors in ${process.versions['electron'] ? `Electron ${process.versions['electron']}` : `Node ${process.versions.node}`}, OpenSSL ${process.versions['openssl'] ?? '(BoringSSL)'}`,
  ...reasons.map((why) => `excepted: ${idsOf(why).length}, as ${why}: ${idsOf(why).join('; ')}`),
  ...Object.entries(unexpected).map(([id, what]) => `UNEXPECTED ${id}: ${what}`),
  ...stale.map((id) => `STALE exception ${id}`),
]
process.stdout.write(`${lines.join('\n')}\n`)
process.exitCode = compared > 0 && Object.keys(unexpected).length + stale.length === 0 ? 0 : 1
