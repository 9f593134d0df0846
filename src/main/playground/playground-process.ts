import { utilityProcess, type UtilityProcess } from 'electron'
import type { PlaygroundClient, PlaygroundFault, PlaygroundUser } from '@contract/app'
import { fail, ok, type Result } from '@contract/result'
import { createPlaygroundTalk } from './playground-talk.ts'

/** A playground that answers. */
export interface PlaygroundHandle {
  issuer: string
  api: string
  users: PlaygroundUser[]
  clients: PlaygroundClient[]
  faults: PlaygroundFault[]
  setFault: (fault: PlaygroundFault, on: boolean) => Promise<Result<PlaygroundFault[]>>
  stop: () => Promise<void>
  onExit: (listener: () => void) => void
}

/** Starts the playground as a process of its own and waits until it answers. Code: `playground_failed`. */
export function launchPlayground(
  script: string,
  dataDirectory: string,
  timeoutMs = 30_000,
): Promise<Result<PlaygroundHandle>> {
  return new Promise((resolve) => {
    const child = utilityProcess.fork(script, ['--data', dataDirectory], {
      stdio: 'pipe',
      serviceName: 'Gatehouse Playground',
    })
    let complaint = ''
    function give(result: Result<PlaygroundHandle>): void {
      clearTimeout(timer)
      resolve(result)
    }
    const failed = (cause: string): void =>
      give(fail('playground_failed', `The playground did not start: ${cause}`, 'Start it again.'))
    const timer = setTimeout(() => {
      child.kill()
      failed(`no response within ${timeoutMs / 1000} s.`)
    }, timeoutMs)
    const talk = createPlaygroundTalk({
      send: (message) => child.postMessage(message),
      onReady: ({ issuer, api, users, clients, faults }) =>
        give(
          ok({
            issuer,
            api,
            users,
            clients,
            faults,
            setFault: talk.setFault,
            stop: () => stopped(child),
            onExit: (listener) => void child.once('exit', listener),
          }),
        ),
    })
    child.stderr?.on('data', (chunk: Buffer) => {
      complaint = (complaint + chunk.toString('utf8')).slice(-2000)
    })
    child.stdout?.on('data', (chunk: Buffer) => talk.read(chunk.toString('utf8')))
    child.once('exit', (code) => {
      talk.end()
      failed(`it exited with code ${code}. ${complaint.trim().split('\n').at(-1) ?? ''}`)
    })
  })
}

function stopped(child: UtilityProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    if (!child.kill()) resolve()
  })
}
