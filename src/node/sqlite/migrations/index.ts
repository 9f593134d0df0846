import type { Migration } from '../database.ts'
import { users } from './before-0500/0010-users.ts'
import { connections } from './before-0500/0020-connections.ts'
import { tokens } from './before-0500/0030-tokens.ts'
import { pendingSignIns } from './before-0500/0040-pending-sign-ins.ts'
import { requests } from './before-0500/0050-requests.ts'
import { exchanges } from './before-0500/0060-exchanges.ts'
import { vaultKeys } from './before-0500/0070-vault-keys.ts'
import { passwords } from './before-0500/0080-passwords.ts'
import { flows } from './before-0500/0100-flows.ts'
import { connectionSettings } from './before-0500/0200-connection-settings.ts'
import { refreshStates } from './before-0500/0300-refresh-states.ts'
import { registrations } from './before-0500/0400-registrations.ts'
import { requestSecrets } from './before-0500/0410-request-secrets.ts'
import { environmentVariables } from './before-0500/0420-environments.ts'
import { tokenOrigins } from './before-0500/0430-token-origins.ts'
import { tokenEnds } from './before-0500/0440-token-ends.ts'
import { connectionProofs } from './before-0500/0460-connection-proofs.ts'
import { keptPages } from './before-0500/0480-kept-pages.ts'
import { bin } from './before-0500/0490-bin.ts'
import { generation } from './0500-generation.ts'
import { sealedFlows } from './0520-sealed-flows.ts'
import { historyKeys } from './0530-history-keys.ts'
import { keyRing } from './0540-key-ring.ts'
import { networkSettings } from './0560-network-settings.ts'
import { pinnedTokens } from './0580-pinned-tokens.ts'
import { lastComputer } from './0590-last-computer.ts'
import { collections } from './0600-collections.ts'
import { cookieJars } from './0620-cookie-jars.ts'
import { collectionMemory } from './0660-collection-memory.ts'
import { deletedParts } from './0680-deleted-parts.ts'
import { ownFiles } from './0760-own-files.ts'
import { moreDeletedParts } from './0780-more-deleted-parts.ts'

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
  keyRing,
  networkSettings,
  pinnedTokens,
  lastComputer,
  collections,
  cookieJars,
  collectionMemory,
  deletedParts,
  ownFiles,
  moreDeletedParts,
]
