import type { Failure } from '@contract/result.ts'
import { grantOf, grantTable } from '@contract/tables/grants.ts'
import { byBrowser, needsCertificate, needsKey, needsSecret, type ConnectionForm } from './connection-form.ts'

/** Fields of the form that a fault can be at. */
export type FaultyField =
  | 'issuer'
  | 'authorizationEndpoint'
  | 'tokenEndpoint'
  | 'jwksUri'
  | 'userinfoEndpoint'
  | 'introspectionEndpoint'
  | 'revocationEndpoint'
  | 'endSessionEndpoint'
  | 'deviceAuthorizationEndpoint'
  | 'pushedAuthorizationRequestEndpoint'
  | 'clientId'
  | 'clientSecret'
  | 'keyText'
  | 'certificateText'
  | 'certificateKey'
  | 'resource'

export type Faults = Partial<Record<FaultyField, string>>

/** What is stored already and need not be typed. */
export interface Stored {
  clientSecret: boolean
  certificate: boolean
}

/** What keeps the form from being saved, by the field where it is repaired, in the order of the form. */
export function formFaults(form: ConnectionForm, stored: Stored): Faults {
  const faults: Faults = {}
  function needs(field: FaultyField, says: string): void {
    if (form[field].trim() === '') faults[field] = says
  }
  function isAddress(field: FaultyField): void {
    const text = form[field].trim()
    if (text !== '' && !text.includes('{{') && !URL.canParse(text))
      faults[field] = 'This is not a URL. It must start with https://.'
  }
  needs('issuer', 'Enter the issuer.')
  isAddress('issuer')
  if (form.mode === 'by-hand') {
    if (byBrowser(form)) needs('authorizationEndpoint', 'Enter the authorization endpoint.')
    needs('tokenEndpoint', 'Enter the token endpoint.')
    if (grantTable[grantOf(form.settings)].by === 'device')
      needs('deviceAuthorizationEndpoint', 'Enter the device authorization endpoint.')
    else if (form.settings?.pushed) needs('pushedAuthorizationRequestEndpoint', 'Enter the PAR endpoint.')
    for (const field of [
      'authorizationEndpoint',
      'tokenEndpoint',
      'jwksUri',
      'userinfoEndpoint',
      'introspectionEndpoint',
      'revocationEndpoint',
      'endSessionEndpoint',
    ] as const)
      isAddress(field)
  }
  needs('clientId', 'Enter the client ID.')
  if (needsSecret(form) && (form.forgetSecret || !stored.clientSecret))
    needs('clientSecret', 'This client authentication requires a client secret.')
  if (needsKey(form) && form.keySource === 'import') needs('keyText', 'Paste the private key.')
  if (
    needsCertificate(form) &&
    (!stored.certificate || form.certificateText.trim() || form.certificateKey.trim())
  ) {
    needs('certificateText', 'Paste the certificate.')
    needs('certificateKey', 'Paste its private key.')
  }
  isAddress('resource')
  return faults
}

/** The field that a refused save is about, where it is about one. */
export function fieldOf({ code }: Pick<Failure, 'code'>): FaultyField | undefined {
  if (code === 'connection_needs_secret') return 'clientSecret'
  if (code === 'client_key_unfit') return 'keyText'
  if (code === 'certificate_unfit') return 'certificateText'
  if (code === 'connection_no_authorization_endpoint') return 'authorizationEndpoint'
  return code.startsWith('discovery_') ? 'issuer' : undefined
}
