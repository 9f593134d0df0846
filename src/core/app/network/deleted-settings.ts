import type { NetworkSettings } from '@contract/network/network'
import {
  networkDocument,
  networkSecretsDocument,
  type NetworkSecrets,
} from '../../records/documents/network.ts'
import { parseJson } from '../../text/parse-json.ts'
import type { DeletedParts } from '../bin/deleted-parts.ts'
import type { Discarded } from '../bin/bin.ts'
import { usualNetwork, type OpenNetwork } from './open-network.ts'

/** A rule or a password that came back, as settings that have it alone. */
interface RestoredSettings extends OpenNetwork {
  done: () => void
}

/** The rule of a server with its certificate's key, or the password for a proxy. */
export type SettingKind = 'server' | 'login'

/** Rules of servers and passwords for proxies in the bin, in the form of network settings that have one of them alone. */
export function createDeletedSettings(parts: DeletedParts) {
  return {
    discard(
      kind: SettingKind,
      settings: Pick<NetworkSettings, 'hosts' | 'logins'>,
      secrets: NetworkSecrets,
      called: Omit<Discarded, 'kind'>,
    ): void {
      const document = networkDocument.write({ ...usualNetwork, ...settings })
      parts.discard({ kind, text: JSON.stringify([document, networkSecretsDocument.write(secrets)]) }, called)
    },
    restored: (kind: SettingKind): RestoredSettings[] =>
      parts.restored(kind).flatMap(({ text, done }) => {
        const [document, sealed] = pairIn(text)
        const settings = networkDocument.read(document)
        const secrets = networkSecretsDocument.read(sealed)
        return settings.ok && secrets.ok ? [{ settings: settings.value, secrets: secrets.value, done }] : []
      }),
  }
}
export type DeletedSettings = ReturnType<typeof createDeletedSettings>

function pairIn(text: string): [string, string] {
  const pair = parseJson(text)?.value
  const texts = Array.isArray(pair) ? pair.map((each: unknown) => (typeof each === 'string' ? each : '')) : []
  return [texts[0] ?? '', texts[1] ?? '']
}
