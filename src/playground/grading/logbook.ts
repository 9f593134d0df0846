import type { FaultName } from '../faults/table.ts'
import type { CheckName } from './checks.ts'
import type { Observation } from './observation.ts'
import type { Finding } from './bench.ts'

/** What a client asked, and why it was answered so; no secret is in it. */
type LogEntry = {
  number: number
  time: string
  request: string
  issuer: string
  endpoint: Observation['endpoint']
  method: string
  path: string
  client: string | undefined
  parameters: Record<string, string>
  status: number
  error: string | undefined
  reason: string | undefined
  faults: readonly FaultName[]
  findings: CheckName[]
}

const most = 1000

/** Parameters whose value is shown; of all others only that they were there. */
const shown = new Set([
  'client_id',
  'response_type',
  'response_mode',
  'scope',
  'redirect_uri',
  'grant_type',
  'resource',
  'code_challenge_method',
  'prompt',
  'max_age',
  'token_type_hint',
  'dpop_jkt',
  'limit',
])

/** The newest entries, in memory. */
export function createLogbook() {
  const entries: LogEntry[] = []
  let count = 0
  return {
    add: (seen: Observation, findings: readonly Finding[]): void => {
      count += 1
      const parameters: Record<string, string> = Object.create(null) as Record<string, string>
      for (const [name, value] of [...seen.query, ...(seen.form ?? [])].slice(0, 40))
        parameters[name.slice(0, 60)] = shown.has(name) ? value.slice(0, 300) : '(given)'
      entries.push({
        number: count,
        time: new Date(seen.at).toISOString(),
        request: seen.requestId,
        issuer: seen.issuer,
        endpoint: seen.endpoint,
        method: seen.method,
        path: seen.path.slice(0, 200),
        client: seen.client,
        parameters,
        status: seen.status,
        error: seen.error,
        reason: seen.reason?.slice(0, 500),
        faults: seen.faults,
        findings: findings.map(({ check }) => check),
      })
      if (entries.length > most) entries.shift()
    },
    list: (client?: string, after = 0) =>
      entries.filter((entry) => entry.number > after && (client === undefined || entry.client === client)),
    clear: () => void entries.splice(0),
  }
}

export type Logbook = ReturnType<typeof createLogbook>
