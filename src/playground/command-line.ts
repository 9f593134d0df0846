import { parseArgs } from 'node:util'
import type { Override } from './config/load.ts'
import { faultNames, isFaultName } from './faults/table.ts'

export const usage = `Usage: gatehouse-playground [options]
  --config FILE         a configuration in YAML or JSON (docs/playground.md); $GATEHOUSE_PLAYGROUND_CONFIG names one too
  --check FILE          check a configuration, and stop
  --print-config        print the effective settings, without secrets, and stop
  --print-schema        print the JSON Schema of the configuration, and stop
  --print-environment   print the name of every setting in the environment, and stop
  --health              ask the playground running with this configuration whether it is ready, and stop
  --hash-password       read a password from standard input, print its hash, and stop
  --data DIR            folder of its database, or :memory: (default: ~/.gatehouse-playground)
  --issuer-port N       port of the provider, 0 for any free one (default: 47113)
  --api-port N          port of the API, 0 for any free one (default: 47114)
  --access-token-lifetime SECONDS   (default: 120)
  --fault NAME          turn a fault on; may be repeated: ${faultNames.join(', ')}
  --with-parent         stop when the program that started this one exits`

/** The command line was not understood. */
export class UsageError extends Error {}

export type CommandLine = ReturnType<typeof readCommandLine>

/** What is on the command line goes before the environment and the file. */
export function readCommandLine(args: string[], fileOfEnvironment?: string) {
  const options = parsed(args)
  const overrides: Override[] = []
  const put = (path: string[], value: unknown, name: string) =>
    void overrides.push({ path, value, place: name })
  if (options.data !== undefined) put(['data'], options.data, '--data')
  const issuerPort = number('issuer-port', options['issuer-port'], 65_535)
  const apiPort = number('api-port', options['api-port'], 65_535)
  const lifetime = number('access-token-lifetime', options['access-token-lifetime'], 86_400)
  if (issuerPort !== undefined) put(['listen', 'port'], issuerPort, '--issuer-port')
  if (apiPort !== undefined) put(['listen', 'apiPort'], apiPort, '--api-port')
  if (lifetime) put(['tokens', 'accessTokenSeconds'], lifetime, '--access-token-lifetime')
  const unknown = options.fault.find((name) => !isFaultName(name))
  if (unknown !== undefined) throw new UsageError(`There is no fault "${unknown}"`)
  if (options.fault.length > 0) put(['faults'], options.fault, '--fault')
  const file = options.check ?? options.config ?? fileOfEnvironment
  return {
    overrides,
    file,
    check: options.check !== undefined,
    // Whoever configures a server wants the ports that he named; the app takes what is free.
    mayMovePorts: file === undefined,
    printConfig: options['print-config'],
    printSchema: options['print-schema'],
    printEnvironment: options['print-environment'],
    health: options.health,
    hashPassword: options['hash-password'],
    withParent: options['with-parent'],
    help: options.help,
  }
}

function parsed(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        config: { type: 'string' },
        check: { type: 'string' },
        'print-config': { type: 'boolean', default: false },
        'print-schema': { type: 'boolean', default: false },
        'print-environment': { type: 'boolean', default: false },
        health: { type: 'boolean', default: false },
        'hash-password': { type: 'boolean', default: false },
        data: { type: 'string' },
        'issuer-port': { type: 'string' },
        'api-port': { type: 'string' },
        'access-token-lifetime': { type: 'string' },
        fault: { type: 'string', multiple: true, default: [] },
        'with-parent': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'Unknown option')
  }
}

function number(name: string, text: string | undefined, maximum: number): number | undefined {
  if (text === undefined) return undefined
  const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN
  if (!(value <= maximum)) throw new UsageError(`--${name} must be a number up to ${maximum}`)
  return value
}
