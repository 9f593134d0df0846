import type { Configuration } from '../config/schema.ts'
import type { Faults } from '../faults/rules.ts'
import type { FaultName } from '../faults/table.ts'
import type { Logbook } from '../grading/logbook.ts'
import type { Recorder } from '../grading/recorder.ts'
import type { Backchannel } from '../server/backchannel.ts'
import type { Clock } from '../server/clock.ts'
import type { ClientStore } from '../storage/clients.ts'
import type { ProviderRecords } from '../storage/provider-records.ts'
import type { UserStore } from '../storage/users.ts'

/** What the admin API turns. */
export type AdminPorts = {
  issuer: string
  users: UserStore
  clients: ClientStore
  scopes: readonly string[]
  features: Configuration['features']
  /** Judges a registration, as a start would; what is wrong about it, or nothing. */
  judgeClient: (metadata: Record<string, unknown>) => string | undefined
  faults: Faults
  setFault: (name: FaultName, on: boolean) => Promise<void>
  records: ProviderRecords
  /** The paths of the issuers. */
  tenants: () => string[]
  rotateKeys: () => Promise<boolean>
  keyIds: () => string[]
  clock: Clock
  recorder: Recorder
  logbook: Logbook
  backchannel: Backchannel
  /** Everything as at the first start: the file's word. */
  reset: () => Promise<void>
  log: (line: string) => void
}

/** How Fastify names an operation, for the description. */
export function described(operationId: string, summary: string, tag: string, more: object = {}) {
  return { schema: { operationId, summary, tags: [tag], ...more } }
}
