import type { Migration } from '../database.ts'
import { users } from './0010-users.ts'
import { connections } from './0020-connections.ts'
import { tokens } from './0030-tokens.ts'
import { pendingSignIns } from './0040-pending-sign-ins.ts'
import { requests } from './0050-requests.ts'
import { exchanges } from './0060-exchanges.ts'
import { vaultKeys } from './0070-vault-keys.ts'
import { passwords } from './0080-passwords.ts'
import { flows } from './0100-flows.ts'
import { connectionSettings } from './0200-connection-settings.ts'
import { refreshStates } from './0300-refresh-states.ts'
import { registrations } from './0400-registrations.ts'
import { requestSecrets } from './0410-request-secrets.ts'
import { environmentVariables } from './0420-environments.ts'
import { tokenOrigins } from './0430-token-origins.ts'
import { tokenEnds } from './0440-token-ends.ts'
import { connectionProofs } from './0460-connection-proofs.ts'
import { keptPages } from './0480-kept-pages.ts'
import { bin } from './0490-bin.ts'
import { generation } from './0500-generation.ts'
import { sealedFlows } from './0520-sealed-flows.ts'
import { historyKeys } from './0530-history-keys.ts'

/** All steps of the schema, rising. A step that has been released is never changed. */
export const migrations: readonly Migration[] = [
  users,
  connections,
  tokens,
  pendingSignIns,
  requests,
  exchanges,
  vaultKeys,
  passwords,
  flows,
  connectionSettings,
  refreshStates,
  registrations,
  requestSecrets,
  environmentVariables,
  tokenOrigins,
  tokenEnds,
  connectionProofs,
  keptPages,
  bin,
  generation,
  sealedFlows,
  historyKeys,
]
