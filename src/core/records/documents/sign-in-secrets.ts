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
})

const device = z.object({
  deviceCode: text,
  userCode: text,
  verificationUri: text,
  verificationUriComplete: text.optional(),
  intervalSeconds: z.number(),
  scopeAsked: text,
  resource: text.optional(),
})

/** `pending_sign_ins.sealed_secrets` of a sign-in through the browser, opened. */
export const signInSecretsDocument = storedDocument<z.infer<typeof browser>>({
  name: 'sign-in',
  called: 'sign-in under way',
  check: bySchema(browser),
})

/** The same of a sign-in by device code. */
export const deviceSecretsDocument = storedDocument<z.infer<typeof device>>({
  name: 'device-sign-in',
  called: 'sign-in under way',
  check: bySchema(device),
})
