import { readFileSync } from 'node:fs'
import { createSecureContext } from 'node:tls'
import { z } from 'zod'
import { checkConfiguration } from './check.ts'
import { readEnvironment, readValue } from './environment.ts'
import { ConfigurationError, pointerOf, type PlacedProblem } from './problems.ts'
import { readText, type ReadText } from './read-text.ts'
import { faultWords, OwnFault, settingWords } from './words.ts'
import { configurationSchema, type Configuration, type ConfigurationInput } from './schema.ts'

export type Override = { path: string[]; value: unknown; place: string }

export type Sources = {
  file?: string | undefined
  environment?: Readonly<Record<string, string | undefined>>
  /** From the command line; they come last. */
  overrides?: readonly Override[]
}

export type LoadedConfiguration = {
  configuration: Configuration
  placeOf: (path: readonly (string | number)[]) => string
}

/** Puts file, environment and command line together. Throws a ConfigurationError that names every mistake's place. */
export function loadConfiguration({ file, environment = {}, overrides = [] }: Sources): LoadedConfiguration {
  const read =
    file === undefined
      ? { value: {}, placeOf: (path: readonly (string | number)[]) => pointerOf(path) }
      : readFile(file)
  const above: Override[] = [
    ...readEnvironment(environment).map(({ setting, name, value }) => ({
      path: setting.path,
      value,
      place: name,
    })),
    ...overrides,
  ]
  const value = structuredClone(read.value)
  const problems: PlacedProblem[] = []
  for (const { path, value: wanted, place } of above) {
    if (!put(value, path, wanted))
      problems.push({ place, message: 'cannot be set: the file has another value there' })
  }
  if (problems.length > 0) throw new ConfigurationError(problems)
  function placeOf(path: readonly (string | number)[]) {
    const over = above.findLast((one) => one.path.every((part, index) => path[index] === part))
    return over ? `${over.place}${pointerOf(path.slice(over.path.length))}` : read.placeOf(path)
  }
  return { configuration: judge(value, placeOf), placeOf }
}

/** The configuration that a program gives: the same rules, places are JSON pointers. */
export function configurationFrom(input: ConfigurationInput): Configuration {
  return judge(input, pointerOf)
}

/** The JSON Schema that is published. */
export function configurationJsonSchema(): object {
  return {
    title: 'Gatehouse Playground',
    ...z.toJSONSchema(configurationSchema, { io: 'input', target: 'draft-2020-12' }),
  }
}

/** What --print-config shows: everything that holds, secrets left out. */
export function printable(configuration: Configuration): unknown {
  return JSON.parse(
    JSON.stringify(configuration, (key, value: unknown) =>
      unprinted.has(key) && (key !== 'key' || typeof value === 'string') ? '(set)' : value,
    ),
  ) as unknown
}

const unprinted = new Set(['password', 'passwordHash', 'client_secret', 'jwks', 'key'])

function readFile(file: string): ReadText {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    throw new ConfigurationError([
      {
        place: file,
        message: code === 'ENOENT' ? 'does not exist' : `cannot be read (${code ?? 'unknown error'})`,
      },
    ])
  }
  return readText(text, file)
}

function judge(value: unknown, placeOf: (path: readonly (string | number)[]) => string): Configuration {
  const parsed = configurationSchema.safeParse(value, { error: settingWords })
  if (!parsed.success) {
    throw new ConfigurationError(
      parsed.error.issues.slice(0, 20).flatMap((issue) => {
        const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))
        const keys = issue.code === 'unrecognized_keys' ? issue.keys : undefined
        return keys
          ? keys.map((key) => ({
              place: placeOf([...path, key]),
              message: 'is not a setting of the playground',
            }))
          : [{ place: placeOf(path), message: issue.message }]
      }),
    )
  }
  const configuration = parsed.data
  const problems = [...checkConfiguration(configuration), ...takeFiles(configuration)]
  if (problems.length > 0)
    throw new ConfigurationError(problems.map(({ path, message }) => ({ place: placeOf(path), message })))
  return configuration
}

/** Reads what is in files of their own, and takes it in. */
function takeFiles(configuration: Configuration) {
  const { users = [], clients = [], keys, admin, listen } = configuration
  const problems: { path: (string | number)[]; message: string }[] = []
  function take(path: (string | number)[], file: string | undefined, set: (text: string) => void) {
    if (file === undefined) return
    try {
      const text = readValue(file)
      if (text === '') throw new OwnFault('is empty')
      set(text)
    } catch (thrown) {
      problems.push({ path, message: faultWords(thrown) })
    }
  }
  users.forEach((user, index) =>
    take(['users', index, 'passwordFile'], user.passwordFile, (text) => (user.password = text)),
  )
  clients.forEach((client, index) => {
    take(
      ['clients', index, 'client_secret_file'],
      client.client_secret_file,
      (text) => (client.client_secret = text),
    )
  })
  take(['keys', 'jwksFile'], keys.jwksFile, (text) => {
    const parsed = configurationSchema.shape.keys.parse({ jwks: JSON.parse(text) as unknown })
    keys.jwks = parsed.jwks
  })
  take(['admin', 'keyFile'], admin.keyFile, (text) => {
    if (text.length < 16) throw new OwnFault('must have at least 16 characters')
    admin.key = text
  })
  let certificate: string | undefined
  take(['listen', 'certificateFile'], listen.certificateFile, (text) => {
    createSecureContext({ cert: text })
    certificate = text
  })
  take(['listen', 'keyFile'], listen.keyFile, (key) => {
    createSecureContext({ key, ...(certificate === undefined ? {} : { cert: certificate }) })
  })
  take(['listen', 'clientCaFile'], listen.clientCaFile, (ca) => void createSecureContext({ ca }))
  return problems
}

function put(root: unknown, path: readonly string[], value: unknown): boolean {
  let place = root
  for (const [index, part] of path.entries()) {
    if (typeof place !== 'object' || place === null || Array.isArray(place)) return false
    const members = place as Record<string, unknown>
    if (index === path.length - 1) members[part] = value
    else place = members[part] ??= {}
  }
  return true
}
