import { networkSettings, type NetworkSettings } from '@contract/network/network'
import { z } from 'zod'
import { bySchema } from './by-schema.ts'
import { storedDocument } from './document.ts'

/** `network_settings.document`. */
export const networkDocument = storedDocument<NetworkSettings>({
  name: 'network',
  called: 'list of network settings',
  check: bySchema(networkSettings),
})

const networkSecrets = z.object({
  proxyPassword: z.string().optional(),
  /** By the proxy of their login. */
  loginPasswords: z.record(z.string(), z.string()).optional(),
  /** By the host of their rule. */
  identities: z
    .record(
      z.string(),
      z.union([
        z.object({ certificate: z.string(), key: z.string() }),
        z.object({ pkcs12: z.string(), passphrase: z.string() }),
      ]),
    )
    .optional(),
})
export type NetworkSecrets = z.infer<typeof networkSecrets>

/** `network_settings.sealed_secrets`, opened. */
export const networkSecretsDocument = storedDocument<NetworkSecrets>({
  name: 'network-secrets',
  called: 'list of network secrets',
  check: bySchema(networkSecrets),
})
