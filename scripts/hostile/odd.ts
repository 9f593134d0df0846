import { createHandlers } from '../../src/main/ipc/handlers.ts'
import { route } from '../../src/main/ipc/router.ts'
import { openAmongOddAnswers } from '../../tests/support/odd-answers.ts'
import { callOddly } from '../../tests/support/odd-calls.ts'
import type { Result } from '../../src/core/contract/result.ts'
import { listeners } from './no-electron.ts'
import type { Attack } from './words.ts'

/** Calls to one workbench; then comes another, so that what is there stays small. */
const batch = 2_000

/** Well-formed calls with odd values to the real handlers, among servers that say odd things: each has an answer or a
 *  reason, none is `internal`. */
export const attackOddly: Attack = async ({ count, seed, tell }) => {
  const wrong: string[] = []
  const codes = new Map<string, number>()
  let tried = 0
  let slowest = 0
  let slowestOf = ''
  while (tried < count) {
    const bench = await openAmongOddAnswers()
    const defects: string[] = []
    route({
      handlers: () => Promise.resolve(createHandlers(bench.app)),
      isTrusted: () => true,
      onDefect: (channel, error) => void defects.push(`${channel}: ${String(error)}`),
    })
    const rejections = (reason: unknown): void => void defects.push(`unhandled: ${String(reason)}`)
    process.on('unhandledRejection', rejections)
    await callOddly({
      bench,
      call: async (channel, input) => {
        const began = performance.now()
        const answer = await listeners.get(channel)?.({ senderFrame: null }, input)
        const took = performance.now() - began
        if (took > slowest) [slowest, slowestOf] = [took, channel]
        return answer as Result<unknown>
      },
      count: Math.min(batch, count - tried),
      seed: seed + tried,
      answered: (channel, input, answer) => {
        const code = answer.ok ? 'ok' : answer.error.code
        codes.set(code, (codes.get(code) ?? 0) + 1)
        for (const defect of defects.splice(0))
          wrong.push(`${defect} for ${channel} ${JSON.stringify(input).slice(0, 300)}`)
      },
    })
    tried += Math.min(batch, count - tried)
    await bench.close()
    process.off('unhandledRejection', rejections)
    wrong.push(...defects)
    tell(`${tried.toLocaleString('en')} odd calls, the slowest of them ${slowestOf}`)
  }
  if (codes.size < Math.min(40, count / 50)) wrong.push('the handlers had little to say')
  const internal = codes.get('internal') ?? 0
  return {
    tried,
    wrong,
    figures: { codes: codes.size, ok: codes.get('ok') ?? 0, internal, slowestMs: Math.round(slowest) },
  }
}
