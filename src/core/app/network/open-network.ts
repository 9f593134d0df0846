import type { NetworkSettings } from '@contract/network/network'
import { fail, ok, type Failure, type Result } from '@contract/result'
import {
  networkDocument,
  networkSecretsDocument,
  type NetworkSecrets,
} from '../../records/documents/network.ts'
import type { NetworkRecord, NetworkStore } from '../../records/network-store.ts'
import type { SecretBox, SecretPlace } from '../../vault/box/secret-box.ts'
import type { CurrentSession } from '../vault/session.ts'

interface Dependencies {
  session: CurrentSession
  network: NetworkStore
}

/** Settings with what is secret of them. */
export interface OpenNetwork {
  settings: NetworkSettings
  secrets: NetworkSecrets
}

/** What holds where nothing was ever saved. */
export const usualNetwork: NetworkSettings = { proxy: { kind: 'system' } }

/** Opens the network settings of whoever is in, for one use. Without their proof nothing holds: they could lead tokens
 *  to whoever wrote them. Codes: `network_settings_changed_outside`, those of documents and of the vault. */
export function createOpenNetwork({ session, network }: Dependencies) {
  /** The settings that were opened last: a row that is the same need not be read again. */
  let last: { box: SecretBox; record: NetworkRecord; opened: OpenNetwork } | undefined
  function open(): Result<OpenNetwork> {
    const { user, box } = session()
    const record = network.get(user.id)
    if (record === undefined) return ok({ settings: usualNetwork, secrets: {} })
    if (last !== undefined && last.box === box && isSame(last.record, record)) return ok(last.opened)
    const opened = openRecord(box, user.id, record)
    last = opened.ok ? { box, record, opened: opened.value } : undefined
    return opened
  }
  return {
    open,
    /** For a lock: nothing that was opened outlives it. */
    forget: (): void => {
      last = undefined
    },
  }
}

/** What the row says, believed or not. */
export function settingsIn(record: NetworkRecord | undefined): NetworkSettings {
  const read = record === undefined ? undefined : networkDocument.read(record.document)
  return read?.ok ? read.value : usualNetwork
}

/** Where the secrets of network settings are, and what they are sealed for. */
export function networkPlace(userId: string, document: string): SecretPlace {
  return { userId, table: 'network_settings', rowId: userId, column: 'secrets', destination: document }
}

function openRecord(box: SecretBox, userId: string, record: NetworkRecord): Result<OpenNetwork> {
  const settings = networkDocument.read(record.document)
  if (!settings.ok) return settings
  const opened = box.open(networkPlace(userId, record.document), record.sealedSecrets)
  const isLost = !opened.ok && opened.error.code === 'secret_memory_only'
  // Where there is no key, nothing secret outlives a run, and there is nothing to prove the settings with.
  if (isLost && !box.bindsAll()) return ok({ settings: settings.value, secrets: {} })
  if (!opened.ok) return isDoubt(opened.error) ? changedOutside() : opened
  // Taken as they were when a vault began to last: `reseal`.
  if (opened.value === '') return ok({ settings: settings.value, secrets: {} })
  const secrets = networkSecretsDocument.read(opened.value)
  return secrets.ok ? ok({ settings: settings.value, secrets: secrets.value }) : secrets
}

function isDoubt({ code }: Failure): boolean {
  return ['secret_redirected', 'secret_unreadable', 'secret_memory_only'].includes(code)
}

function changedOutside(): Result<never> {
  return fail(
    'network_settings_changed_outside',
    'The network settings were changed outside Gatehouse, so they are not used.',
    'Check Settings › Network and save it.',
  )
}

function isSame(one: NetworkRecord, other: NetworkRecord): boolean {
  return (
    one.document === other.document &&
    one.sealedSecrets.byteLength === other.sealedSecrets.byteLength &&
    one.sealedSecrets.every((byte, index) => byte === other.sealedSecrets[index])
  )
}
