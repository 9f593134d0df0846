import { frontChannelType, responseMode } from '@contract/connection-settings'
import { z } from 'zod'
import { bySchema } from './by-schema.ts'
import { storedDocument } from './document.ts'

const text = z.string()

const browser = z.object({
  state: text,
  nonce: text,
  codeVerifier: text,
  redirectUri: text,
  scopeAsked: text,
  issuer: text.optional(),
  resource: text.optional(),
  responseType: frontChannelType.optional(),
  responseMode: responseMode.optional(),
  maxAgeSeconds: z.number().optional(),
  acr: z.object({ wished: z.array(text), demanded: z.array(text) }).optional(),
})

const device = z.object({
  deviceCode: text,
  userCode: text,
  verificationUri: text,
  verificationUriComplete: text.optional(),
  intervalSeconds: z.number(),
  scopeAsked: text,
  resource: text.optional(),
  notes: z.array(text).optional(),
})

/** As the sign-in has them (`SignInSecrets`, `DeviceSecrets`); a test holds both types together. */
export type StoredSignInSecrets = z.infer<typeof browser>
export type StoredDeviceSecrets = z.infer<typeof device>

/** `pending_sign_ins.sealed_secrets` of a sign-in through the browser, opened. */
export const signInSecretsDocument = storedDocument<StoredSignInSecrets>({
  name: 'sign-in',
  called: 'pending sign-in',
  check: bySchema(browser),
})

/** The same of a sign-in by device code. */
export const deviceSecretsDocument = storedDocument<StoredDeviceSecrets>({
  name: 'device-sign-in',
  called: 'pending sign-in',
  check: bySchema(device),
})
