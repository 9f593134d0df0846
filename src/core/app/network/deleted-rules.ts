import type { HostRule } from '@contract/network/network'
import { defined } from '@contract/defined'
import {
  networkDocument,
  networkSecretsDocument,
  type NetworkSecrets,
} from '../../records/documents/network.ts'
import { parseJson } from '../../text/parse-json.ts'
import type { DeletedParts } from '../bin/deleted-parts.ts'
import { usualNetwork } from './open-network.ts'

type Identity = NonNullable<NetworkSecrets['identities']>[string]

/** A rule that came back, with the key of its certificate. */
interface RestoredRule {
  rule: HostRule
  identity?: Identity
  done: () => void
}

/** Rules of servers in the bin: with their certificates and keys, in the form of network settings that hold them alone. */
export function createDeletedRules(parts: DeletedParts) {
  return {
    discard(rule: HostRule, identity: Identity | undefined): void {
      const document = networkDocument.write({ ...usualNetwork, hosts: [rule] })
      const identities = identity === undefined ? {} : { [rule.host]: identity }
      const text = JSON.stringify([document, networkSecretsDocument.write({ identities })])
      parts.discard({ kind: 'server', text }, { name: rule.host, ...defined({ detail: rule.address }) })
    },
    restored: (): RestoredRule[] =>
      parts.restored('server').flatMap(({ text, done }) => {
        const [document, sealed] = pairIn(text)
        const settings = networkDocument.read(document)
        const secrets = networkSecretsDocument.read(sealed)
        const rule = settings.ok ? settings.value.hosts?.[0] : undefined
        if (rule === undefined || !secrets.ok) return []
        return [{ rule, done, ...defined({ identity: secrets.value.identities?.[rule.host] }) }]
      }),
  }
}

function pairIn(text: string): [string, string] {
  const pair = parseJson(text)?.value
  const texts = Array.isArray(pair) ? pair.map((each: unknown) => (typeof each === 'string' ? each : '')) : []
  return [texts[0] ?? '', texts[1] ?? '']
}
