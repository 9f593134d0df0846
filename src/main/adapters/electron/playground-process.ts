import { utilityProcess, type UtilityProcess } from 'electron'
import { z } from 'zod'
import { fail, ok, type Result } from '@contract/result'

/** What the playground says on its output when it is ready. */
const ready = z.object({
  event: z.literal('ready'),
  issuer: z.string(),
  api: z.string(),
  clients: z.array(z.looseObject({ client_id: z.string() })),
  users: z.array(z.looseObject({ username: z.string(), password: z.string(), roles: z.array(z.string()) })),
})
type PlaygroundReady = z.infer<typeof ready>

/** A playground that answers. */
export interface PlaygroundHandle {
  issuer: string
  api: string
  users: { username: string; password: string; says: string }[]
  stop: () => Promise<void>
  onExit: (listener: () => void) => void
}

const readyLine = (text: string): PlaygroundReady | undefined => {
  for (const line of text.split('\n')) {
    try {
      const parsed = ready.safeParse(JSON.parse(line))
      if (parsed.success) return parsed.data
    } catch {
      // Not a line of ours.
    }
  }
  return undefined
}

const stopped = (child: UtilityProcess): Promise<void> =>
  new Promise((resolve) => {
    child.once('exit', () => resolve())
    if (!child.kill()) resolve()
  })

/** Starts the playground as a process of its own and waits until it answers. Code: `playground_failed`. */
export const launchPlayground = (
  script: string,
  dataDirectory: string,
  timeoutMs = 30_000,
): Promise<Result<PlaygroundHandle>> =>
  new Promise((resolve) => {
    const child = utilityProcess.fork(script, ['--data', dataDirectory], {
      stdio: 'pipe',
      serviceName: 'Gatehouse Playground',
    })
    let output = ''
    let complaint = ''
    const give = (result: Result<PlaygroundHandle>): void => {
      clearTimeout(timer)
      resolve(result)
    }
    const failed = (cause: string): void =>
      give(fail('playground_failed', `The playground did not start: ${cause}`, 'Start it again.'))
    const timer = setTimeout(() => {
      child.kill()
      failed(`no answer within ${timeoutMs / 1000} s.`)
    }, timeoutMs)
    child.stderr?.on('data', (chunk: Buffer) => {
      complaint = (complaint + chunk.toString('utf8')).slice(-2000)
    })
    child.stdout?.on('data', (chunk: Buffer) => {
      if (output.length > 100_000) return
      output += chunk.toString('utf8')
      const said = readyLine(output)
      if (!said) return
      output = ' '.repeat(100_001)
      give(
        ok({
          issuer: said.issuer,
          api: said.api,
          users: said.users.map(({ username, password, roles }) => ({
            username,
            password,
            says: roles.join(', '),
          })),
          stop: () => stopped(child),
          onExit: (listener) => void child.once('exit', listener),
        }),
      )
    })
    child.once('exit', (code) =>
      failed(`it ended with code ${code}. ${complaint.trim().split('\n').at(-1) ?? ''}`),
    )
  })
