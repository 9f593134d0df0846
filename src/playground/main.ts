import { fstatSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { faultDescriptions, startPlayground, type FaultName } from './index.ts'

const usage = `Usage: playground [options]
  --data DIR            folder of its database, or :memory: (default: ~/.gatehouse-playground)
  --issuer-port N       port of the provider, 0 for any free one (default: 47113)
  --api-port N          port of the API, 0 for any free one (default: 47114)
  --access-token-lifetime SECONDS   (default: 120)
  --fault NAME          switch a fault on; may be repeated: ${Object.keys(faultDescriptions).join(', ')}
  --with-parent         stop when the program that started this one goes away`

// Standard output carries one JSON line for programs; everything else, libraries' notes too, goes to people.
function say(line: string) {
  process.stderr.write(`${line}\n`)
}
console.log = console.info = console.error

function fail(message: string): never {
  say(message)
  process.exit(2)
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        data: { type: 'string', default: join(homedir(), '.gatehouse-playground') },
        'issuer-port': { type: 'string' },
        'api-port': { type: 'string' },
        'access-token-lifetime': { type: 'string', default: '120' },
        fault: { type: 'string', multiple: true, default: [] },
        'with-parent': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values
  } catch (error) {
    return fail(`${error instanceof Error ? error.message : 'Unknown option'}\n${usage}`)
  }
}

function number(name: string, text: string, maximum: number): number {
  const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN
  return value <= maximum ? value : fail(`--${name} must be a number up to ${maximum}`)
}

/** Calls back once when the parent goes: its end of a pipe closes, or another process takes over as parent. */
function onParentGone(gone: () => void): void {
  process.on('disconnect', gone)
  const parent = process.ppid
  setInterval(() => process.ppid !== parent && gone(), 1000).unref()
  const input = fstatSync(0)
  // Only a pipe tells anything by its end; /dev/null has always ended.
  if (input.isFIFO() || input.isSocket()) process.stdin.on('end', gone).on('error', gone).resume()
}

type MessagePort = { on: (event: 'message', listener: (message: { data: unknown }) => void) => unknown }

type FaultMessage = { id?: number; fault: FaultName; on: boolean }

/** Takes `{ id, fault, on }` from a parent that has a message channel to this process, whichever of the two kinds. */
function onFaultMessage(take: (message: FaultMessage) => void): void {
  function read(message: unknown) {
    if (typeof message !== 'object' || message === null) return
    const { id, fault, on } = message as { id?: unknown; fault?: unknown; on?: unknown }
    if (typeof fault === 'string' && Object.hasOwn(faultDescriptions, fault) && typeof on === 'boolean') {
      take({ ...(typeof id === 'number' ? { id } : {}), fault: fault as FaultName, on })
    }
  }
  process.on('message', read)
  const { parentPort } = process as { parentPort?: MessagePort }
  parentPort?.on('message', ({ data }) => read(data))
}

function print(event: object) {
  process.stdout.write(`${JSON.stringify(event)}\n`)
}

async function main(): Promise<void> {
  const options = readOptions()
  if (options.help) return say(usage)
  const wanted = {
    issuer: number('issuer-port', options['issuer-port'] ?? '47113', 65535),
    api: number('api-port', options['api-port'] ?? '47114', 65535),
  }
  const unknown = options.fault.find((name) => !Object.hasOwn(faultDescriptions, name))
  if (unknown !== undefined) fail(`There is no fault "${unknown}"\n${usage}`)

  const playground = await startPlayground({
    dataDirectory: options.data,
    issuerPort: wanted.issuer,
    apiPort: wanted.api,
    mayMovePorts: true,
    accessTokenLifetimeSeconds:
      number('access-token-lifetime', options['access-token-lifetime'], 86_400) || 120,
    log: say,
  })
  for (const fault of options.fault) await playground.setFault(fault as FaultName, true)

  let stopping = false
  function stop() {
    if (stopping) return
    stopping = true
    void playground.stop().finally(() => process.exit(0))
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  if (options['with-parent']) onParentGone(stop)

  const { issuer, apiBase: api, clients, users } = playground
  for (const [name, port, url] of [
    ['provider', wanted.issuer, issuer],
    ['API', wanted.api, api],
  ] as const) {
    if (port !== 0 && !url.endsWith(`:${port}`)) say(`Port ${port} is taken; the ${name} uses another.`)
  }
  say(`Provider  ${issuer}\nAPI       ${api}`)
  for (const { username, password, roles } of users)
    say(`User      ${username} / ${password} (${roles.join(', ')})`)
  for (const fault of playground.faults()) say(`Fault     ${fault}: ${faultDescriptions[fault]}`)
  print({ event: 'ready', issuer, api, clients, users, faults: playground.faults() })
  onFaultMessage(({ id, fault, on }) => {
    playground.setFault(fault, on).then(
      () => print({ event: 'faults', id, faults: playground.faults() }),
      (error: unknown) => print({ event: 'fault-failed', id, message: String(error) }),
    )
  })
}

main().catch((error: unknown) => {
  say(`The Playground could not start: ${error instanceof Error ? error.message : String(error)}`)
  process.exit(1)
})
