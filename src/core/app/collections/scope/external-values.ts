import { fail, ok, type Result } from '@contract/result'
import type { VariableValue } from '../../../http/variables.ts'
import type { Computer } from '../../../records/computer.ts'
import type { CollectionMemory } from '../../../records/documents/collection-memory.ts'
import type { Clock } from '../../../records/ports.ts'
import { processPrefix, type ScopeLayer } from './scope-layers.ts'

/** Milliseconds for which what a command said is used again. */
const usedAgainFor = 300_000

/** How a command is written down to be remembered as allowed. */
export function commandKey(command: readonly string[]): string {
  return JSON.stringify(command)
}

/** The name that a variable has in the computer's environment; nothing for others. */
export function environmentName(name: string): string | undefined {
  return name.startsWith(processPrefix) ? name.slice(processPrefix.length) : undefined
}

/** Values from this computer, as far as the user allowed them. What commands said is held for a while, in memory. */
export function createExternalValues({ computer, clock }: { computer: Computer; clock: Clock }) {
  const said = new Map<string, { value: string; until: number }>()

  async function ask(command: readonly string[]): Promise<Result<string>> {
    const key = commandKey(command)
    const known = said.get(key)
    if (known && known.until > clock.now()) return ok(known.value)
    const answer = await computer.run(command)
    if (answer.ok) said.set(key, { value: answer.value, until: clock.now() + usedAgainFor })
    return answer
  }

  return {
    /** Whether this computer's environment has that name. */
    has: (name: string): boolean => computer.environmentValue(name) !== undefined,
    /** Those of the names that are allowed. Codes: `command_failed`, `command_refused`, `command_empty`. */
    async layers(
      names: ReadonlySet<string>,
      commands: ReadonlyMap<string, string[]>,
      memory: CollectionMemory,
    ): Promise<Result<{ environment: ScopeLayer; commands: ScopeLayer }>> {
      const environment = new Map<string, VariableValue>()
      const spoken = new Map<string, VariableValue>()
      for (const name of names) {
        const own = environmentName(name)
        const value =
          own !== undefined && memory.names.includes(own) ? computer.environmentValue(own) : undefined
        if (value !== undefined) environment.set(name, { value, secret: true })
        const command = commands.get(name)
        if (command === undefined || !memory.commands.includes(commandKey(command))) continue
        const answer = await ask(command)
        if (!answer.ok) return answer
        if (answer.value === '')
          return fail('command_empty', `The command for {{${name}}} returned nothing. Nothing was sent.`)
        spoken.set(name, { value: answer.value, secret: true })
      }
      const asIs = { expands: false, lacking: new Map<string, string>() }
      return ok({
        environment: { ...asIs, from: 'this computer', values: environment },
        commands: { ...asIs, from: 'a command', values: spoken },
      })
    },
    forget: (): void => said.clear(),
  }
}

export type ExternalValues = ReturnType<typeof createExternalValues>
