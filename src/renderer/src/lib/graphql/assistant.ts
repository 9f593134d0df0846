import { startGraphqlWorker } from '../json/start-worker.ts'
import type { Answered, Answers, Ask, GraphqlAssistant } from './messages.ts'

export function createGraphqlAssistant(): GraphqlAssistant {
  const worker = startGraphqlWorker()
  const waiting = new Map<number, (answer: never) => void>()
  let last = 0
  worker.addEventListener('message', ({ data }: MessageEvent<Answered>) => {
    const done = waiting.get(data.number)
    waiting.delete(data.number)
    done?.(data.answer as never)
  })
  const ask = <Kind extends Ask['kind']>(what: Ask & { kind: Kind }): Promise<Answers[Kind]> =>
    new Promise((done) => {
      last += 1
      waiting.set(last, done)
      worker.postMessage({ ...what, number: last })
    })
  return {
    open: (exchangeId) => ask({ kind: 'open', body: `/body/${exchangeId}` }),
    introspection: () => ask({ kind: 'introspection' }),
    check: (query) => ask({ kind: 'check', query }),
    complete: (query, at) => ask({ kind: 'complete', query, at }),
    close: () => worker.terminate(),
  }
}
