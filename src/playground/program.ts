import { homedir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { readCommandLine, usage, UsageError, type CommandLine } from './command-line.ts'
import { isLoopback } from './config/check.ts'
import {
  configurationJsonSchema,
  loadConfiguration,
  printable,
  type LoadedConfiguration,
} from './config/load.ts'
import { ConfigurationError } from './config/problems.ts'
import { prefix, settings } from './config/environment.ts'
import { faultDescriptions } from './faults/table.ts'
import { described, type PlaygroundClient } from './server/described.ts'
import { askHealth } from './health.ts'
import { onFaultMessage, onParentGone } from './parent.ts'
import { hashPassword } from './passwords.ts'
import { startServer } from './server/start.ts'
import type { OpenSqlite } from './storage/database.ts'

// Standard output carries one JSON line for programs; everything else, libraries' notes too, goes to people.
function say(line: string) {
  process.stderr.write(`${line}\n`)
}

function print(event: object) {
  process.stdout.write(`${JSON.stringify(event)}\n`)
}

/** Runs the playground as the program of this process. Exit code 2 says that it was asked wrongly. */
export function runProgram(openSqlite: OpenSqlite): void {
  console.log = console.info = console.warn = console.error = noteOfLibrary
  main(openSqlite).catch((error: unknown) => {
    if (error instanceof UsageError) say(`${error.message}\n${usage}`)
    else if (error instanceof ConfigurationError) say(error.message)
    else say(`The Playground could not start: ${error instanceof Error ? error.message : String(error)}`)
    process.exit(error instanceof UsageError || error instanceof ConfigurationError ? 2 : 1)
  })
}

let takeNote: ((text: string) => void) | undefined

function noteOfLibrary(...words: unknown[]): void {
  takeNote?.(words.map(String).join(' '))
}

async function main(openSqlite: OpenSqlite): Promise<void> {
  const options = readCommandLine(process.argv.slice(2), process.env[`${prefix}CONFIG`])
  if (options.help) return say(usage)
  if (options.printSchema)
    return void process.stdout.write(`${JSON.stringify(configurationJsonSchema(), null, 2)}\n`)
  if (options.printEnvironment)
    return void process.stdout.write(`${settings.map(({ name }) => name).join('\n')}\n`)
  if (options.hashPassword) return hashFromInput()
  const loaded = loadConfiguration({
    file: options.file,
    environment: process.env,
    overrides: options.overrides,
  })
  loaded.configuration.data ??= join(homedir(), '.gatehouse-playground')
  if (options.printConfig) return void process.stdout.write(stringify(printable(loaded.configuration)))
  if (options.health) process.exit((await askHealth(loaded.configuration)) ? 0 : 1)
  if (options.check) return check(loaded, openSqlite)
  await serve(options, loaded, openSqlite)
}

async function hashFromInput(): Promise<void> {
  let text = ''
  for await (const chunk of process.stdin) text += String(chunk)
  process.stdout.write(`${await hashPassword(text.replace(/\r?\n$/, ''))}\n`)
}

/** Starts with the configuration in memory on free ports, and stops: what a start would refuse is found. */
async function check(loaded: LoadedConfiguration, openSqlite: OpenSqlite): Promise<void> {
  const { configuration } = loaded
  const rehearsal = {
    ...configuration,
    data: ':memory:',
    listen: { ...configuration.listen, host: '127.0.0.1', port: 0, apiPort: 0 },
  }
  const server = await placed(loaded, () =>
    startServer({ configuration: rehearsal, openSqlite, mayMovePorts: true, write: () => undefined }),
  )
  await server.stop()
  say('The configuration is valid.')
}

/** Names the place in the file, where the start knows only the pointer. */
async function placed<T>({ placeOf }: LoadedConfiguration, run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error
    throw new ConfigurationError(
      error.problems.map(({ place, message }) => ({ place: placeOf(pathOf(place)), message })),
    )
  }
}

function pathOf(pointer: string): (string | number)[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part.replace(/~1/g, '/').replace(/~0/g, '~')))
}

async function serve(
  options: CommandLine,
  loaded: LoadedConfiguration,
  openSqlite: OpenSqlite,
): Promise<void> {
  const { configuration } = loaded
  const server = await placed(loaded, () =>
    startServer({
      configuration,
      openSqlite,
      mayMovePorts: options.mayMovePorts && isLoopback(configuration.listen.host),
      write: say,
    }),
  )
  takeNote = (text) => server.log('debug', text)

  let stopping = false
  function stop() {
    if (stopping) return
    stopping = true
    void server.stop().finally(() => process.exit(0))
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  if (options.withParent) onParentGone(stop)

  const { issuer, apiBase: api, clients, users } = described(server)
  const faults = server.faults.list()
  if (configuration.log.format === 'json') server.log('info', 'ready', { issuer, api })
  else announce(loaded, { issuer, api, users, clients, faults })
  print({ event: 'ready', pid: process.pid, issuer, api, clients, users, faults })
  // A stop in the meantime closes the database; the next start hashes them.
  server.users.settle().catch(() => undefined)
  onFaultMessage(({ id, fault, on }) => {
    server.setFault(fault, on).then(
      () => print({ event: 'faults', id, faults: server.faults.list() }),
      (error: unknown) => print({ event: 'fault-failed', id, message: String(error) }),
    )
  })
}

type Announced = {
  issuer: string
  api: string
  users: { username: string; password: string; roles: string[] }[]
  clients: PlaygroundClient[]
  faults: (keyof typeof faultDescriptions)[]
}

function announce(
  { configuration }: LoadedConfiguration,
  { issuer, api, users, clients, faults }: Announced,
): void {
  const { listen } = configuration
  for (const [name, port, url, given] of [
    ['provider', listen.port, issuer, configuration.issuer],
    ['API', listen.apiPort, api, configuration.api],
  ] as const) {
    if (port !== 0 && given === undefined && !url.endsWith(`:${port}`))
      say(`Port ${port} is in use; the ${name} uses another.`)
  }
  say(`Provider  ${issuer}\nAPI       ${api}`)
  for (const { username, password, roles } of users)
    say(`User      ${username} / ${password} (${roles.join(', ')})`)
  for (const { client_id: id, client_secret: secret, token_endpoint_auth_method: method } of clients)
    say(`Client    ${id}${secret === undefined ? '' : ` / ${secret}`} (${method})`)
  for (const fault of faults) say(`Fault     ${fault}: ${faultDescriptions[fault]}`)
}
