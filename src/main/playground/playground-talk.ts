import { defined } from '@contract/defined'
import { z } from 'zod'
import { playgroundFault, type PlaygroundClient, type PlaygroundFault } from '@contract/app'
import { fail, ok, type Result } from '@contract/result'

const faults = z.array(playgroundFault).max(playgroundFault.options.length)

/** What the playground says on its output, one JSON object a line. */
const saying = z.discriminatedUnion('event', [
  z.object({
    event: z.literal('ready'),
    issuer: z.string(),
    api: z.string(),
    clients: z.array(
      z
        .object({
          client_id: z.string(),
          client_secret: z.string().optional(),
          token_endpoint_auth_method: z.string(),
          redirect_uris: z.array(z.string()),
        })
        .transform((client): PlaygroundClient => ({
          clientId: client.client_id,
          authentication: client.token_endpoint_auth_method,
          ...defined({ secret: client.client_secret }),
          redirectUris: client.redirect_uris,
        })),
    ),
    users: z.array(z.object({ username: z.string(), password: z.string(), roles: z.array(z.string()) })),
    faults,
  }),
  z.object({ event: z.literal('faults'), id: z.number(), faults }),
  z.object({ event: z.literal('fault-failed'), id: z.number(), message: z.string() }),
])
type Saying = z.infer<typeof saying>
type PlaygroundReady = Extract<Saying, { event: 'ready' }>

/** The talk with a playground's process: messages to it, and what it says on its output. */
export function createPlaygroundTalk({ send, onReady, timeoutMs = 10_000 }: Need) {
  const waiting = new Map<number, (answer: Result<PlaygroundFault[]>) => void>()
  let count = 0
  let rest = ''
  let isOver = false

  function hear(said: Saying | undefined): void {
    if (said?.event === 'ready') onReady(said)
    else if (said?.event === 'faults') waiting.get(said.id)?.(ok(said.faults))
    else if (said)
      waiting.get(said.id)?.(
        fail(
          'playground_refused',
          `The playground could not switch the fault: ${said.message}`,
          'Stop the playground and start it again.',
        ),
      )
  }

  return {
    /** Takes what came on the output, in whatever pieces. */
    read(chunk: string): void {
      const lines = (rest + chunk).split('\n')
      rest = (lines.pop() ?? '').slice(0, longestLine)
      for (const line of lines) hear(parse(line))
    },
    /** Switches a fault; answers all that are on then. Codes: `playground_no_answer`, `playground_refused`,
     *  `playground_not_running`. */
    setFault(fault: PlaygroundFault, on: boolean): Promise<Result<PlaygroundFault[]>> {
      if (isOver) return Promise.resolve(ended)
      count += 1
      const id = count
      return new Promise((resolve) => {
        function give(answer: Result<PlaygroundFault[]>): void {
          clearTimeout(timer)
          waiting.delete(id)
          resolve(answer)
        }
        const timer = setTimeout(
          () =>
            give(
              fail(
                'playground_no_answer',
                `The playground did not respond within ${timeoutMs / 1000} s.`,
                'Stop it and start it again.',
              ),
            ),
          timeoutMs,
        )
        waiting.set(id, give)
        send({ id, fault, on })
      })
    },
    /** The process has gone: no one will answer anymore. */
    end(): void {
      isOver = true
      for (const give of [...waiting.values()]) give(ended)
    },
  }
}

interface Need {
  send: (message: { id: number; fault: PlaygroundFault; on: boolean }) => void
  onReady: (ready: PlaygroundReady) => void
  timeoutMs?: number
}

const longestLine = 100_000
const ended = fail('playground_not_running', 'The playground stopped in the meantime.', 'Start it again.')

function parse(line: string): Saying | undefined {
  try {
    return saying.safeParse(JSON.parse(line)).data
  } catch {
    // Not a line of ours.
    return undefined
  }
}
