/** Runs in Electron's Node: signs in again and again at the playground of another process, and answers what each
 *  sign-in cost besides waiting for the network. Prints one line of JSON. */
import type { TracedMessage } from '../../../src/core/oauth/wire/fetch.ts'
import { createOauthFetch } from '../../../src/node/net/fetch.ts'
import { createBrowser } from '../../../tests/support/playground-browser.ts'
import { connectPlayground, openWorkbench, type Workbench } from '../../../tests/support/workbench.ts'
import type { Result } from '../../../src/core/contract/result.ts'

const [playgroundText = '{}', times = '20'] = process.argv.slice(2)
const playground = JSON.parse(playgroundText) as {
  issuer: string
  api: string
  users: Workbench['playground']['users']
}
const warmUps = 3

const expectOk = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`)
  return result.value
}

const now = (): number => performance.timeOrigin + performance.now()
let messages: TracedMessage[] = []
let browserTook = 0

/** Milliseconds in which at least one request waited for the head of its answer; what is done with the answer
 *  afterwards is ours. */
const waited = (from: number, to: number): number => {
  const spans = messages
    .map(({ startedAt, waiting = 0 }) => [startedAt, startedAt + waiting] as const)
    .sort(([a], [b]) => a - b)
  let until = from
  let sum = 0
  for (const [begin, end] of spans) {
    const counted = Math.min(end, to) - Math.max(begin, until)
    if (counted > 0) sum += counted
    until = Math.max(until, end)
  }
  return sum
}

const fetch = createOauthFetch({ now, trace: (message) => void messages.push(message) })
const bench = await openWorkbench({
  playground: { issuer: playground.issuer, apiBase: playground.api, users: playground.users },
  overrides: {
    net: {
      fetch,
    },
    time: {
      // What is put off is done in its time, as in the app.
      after: (milliseconds, then) => {
        const timer = setTimeout(then, milliseconds).unref()
        return () => clearTimeout(timer)
      },
    },
    desk: {
      browser: {
        open: async (url) => {
          const from = now()
          bench.opened.push(url)
          browserTook += now() - from
          return true
        },
      },
    },
  },
})

/** Wall time of one step, and what of it was spent on others. */
const timed = async <T>(work: () => Promise<Result<T>>) => {
  messages = []
  browserTook = 0
  const from = now()
  const cpu = process.cpuUsage()
  expectOk(await work())
  const to = now()
  const { user, system } = process.cpuUsage(cpu)
  const network = waited(from, to)
  return { wall: to - from, network, own: to - from - network - browserTook, cpu: (user + system) / 1000 }
}

const signInOnce = async (connectionId: string) => {
  const started = await timed(() => bench.app.signIn.start({ connectionId }))
  const redirect = await createBrowser().signIn(bench.opened.at(-1) ?? '', {
    username: 'alice',
    password: 'alice-password',
  })
  const received = await timed(() => bench.app.signIn.receive(redirect))
  return { start: started, receive: received, own: started.own + received.own }
}

try {
  const connectionId = await connectPlayground(bench)
  const first = await signInOnce(connectionId)
  for (let run = 1; run < warmUps; run += 1) await signInOnce(connectionId)
  const runs: Awaited<ReturnType<typeof signInOnce>>[] = []
  for (let run = 0; run < Number(times); run += 1) runs.push(await signInOnce(connectionId))
  process.stdout.write(`${JSON.stringify({ first, runs })}\n`)
} finally {
  await bench.close()
  await fetch.close()
}
