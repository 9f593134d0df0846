import type { RefusedCall } from './case.ts'

/** The next step: for an account's token, and for one that was typed into the request. */
const helps = {
  renew: [
    'Refresh the account, then send again.',
    'Put a new token into the Authorization header, or choose an account to call as.',
  ],
  aim: [
    'Set the resource (or audience) of the connection to this API, and sign in again.',
    'Get a token for this API, or choose an account to call as.',
  ],
  whole: [
    'Refresh the account. If that does not help, the provider issues tokens that this API cannot read.',
    'Copy the token again, completely and without anything else.',
  ],
  issue: [
    'The provider must issue its tokens as this API expects. Check which token profile the API requires.',
    'Use an access token that this API’s provider issued.',
  ],
  trust: [
    'Check that the API trusts this connection’s provider, then refresh the account.',
    'Use a token from the provider that this API trusts.',
  ],
  keys: [
    'Refresh the account for a token signed with a current key. If that does not help, the API has an old key set or trusts another provider.',
    'Use a new token. If that does not help, the API has an old key set or trusts another provider.',
  ],
  again: [
    'Refresh the account. If the provider refuses, sign in again.',
    'Put a new token into the Authorization header, or choose an account to call as.',
  ],
  access: [
    'Sign in again with the API’s scopes, so that the provider issues an access token for it.',
    'Send the access token, not the ID token.',
  ],
  certificate: [
    'The connection must present the certificate that the token was issued to: check its client authentication.',
    'Choose an account to call as: a connection with a certificate presents it when sending.',
  ],
  bound: [
    'Turn “Bind tokens to a key (DPoP)” on in the connection and sign in again.',
    'Choose an account to call as: Gatehouse creates a proof for each request.',
  ],
  bearer: ['Sign in again, so that the token is bound to a key.', 'Write Bearer instead of DPoP.'],
  proof: [
    'Send again: each request gets a new proof. If that does not help, compare the address, and the clocks of API and this computer.',
    'Choose an account to call as: Gatehouse creates a proof for each request.',
  ],
} as const satisfies Record<string, readonly [account: string, typed: string]>

export type Help = keyof typeof helps

export function pickHelp(help: Help, { typed }: Pick<RefusedCall, 'typed'>): string {
  return helps[help][typed === undefined ? 0 : 1]
}
