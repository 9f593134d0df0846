import fc from 'fast-check'
import { channelNames, type ChannelName } from '@calls/channels'
import { ok, type Result } from '@contract/result'
import { route } from '../../src/main/ipc/router.ts'
import { malformed, schemaOf } from '../../tests/contract/support/payloads.ts'
import { listeners } from './no-electron.ts'
import type { Attack } from './words.ts'

const batch = 500

/** Arguments that are wrong by the way they are made, to every channel of the real router: no handler may run, no
 *  answer may be `internal`. */
export const attackCalls: Attack = async ({ count, seed, tell }) => {
  const reached: ChannelName[] = []
  const defects: string[] = []
  const handlers = Object.fromEntries(
    channelNames.map((channel) => [channel, () => (reached.push(channel), ok(null))]),
  )
  route({
    handlers: () => Promise.resolve(handlers as never),
    isTrusted: () => true,
    onDefect: (channel, error) => void defects.push(`${channel}: ${String(error)}`),
  })
  const wrong: string[] = []
  let tried = 0
  let internal = 0
  let slowest = 0
  for (let round = 0; tried < count; round += 1) {
    for (const [index, channel] of channelNames.entries()) {
      const numRuns = Math.min(batch, count - tried)
      if (numRuns <= 0) break
      const arguments_ = fc.sample(malformed(schemaOf(channel)), {
        numRuns,
        seed: seed + round * 1_000 + index,
      })
      for (const { value } of arguments_) {
        const began = performance.now()
        const answer = (await listeners.get(channel)?.({ senderFrame: null }, value)) as Result<unknown>
        slowest = Math.max(slowest, performance.now() - began)
        const code = answer.ok ? 'ok' : answer.error.code
        if (code === 'internal') internal += 1
        if (code !== 'ipc_bad_input') wrong.push(`${channel} answered ${code}`)
      }
      tried += numRuns
    }
    tell(`${tried.toLocaleString('en')} calls`)
  }
  wrong.push(...defects, ...reached.map((channel) => `the handler of ${channel} ran`))
  if ('polluted' in {}) wrong.push('a prototype was polluted')
  return {
    tried,
    wrong,
    figures: {
      channels: channelNames.length,
      handlersRun: reached.length,
      internal,
      slowestMs: round1(slowest),
    },
  }
}

function round1(value: number): number {
  return Math.round(value * 10) / 10
}
