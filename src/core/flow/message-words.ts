import type { GrantType } from '@contract/tables/grants'
import type { CallbackWay, ExchangePurpose } from './flow.ts'

/** What is said of the messages of one purpose. */
export interface PurposeWords {
  request: { title: string; says: string; source?: string }
  response: { title: string; says: string; source?: string }
}

/** A response from the browser, whatever it brought. */
export const redirectBack = 'Redirect back to Gatehouse'

/** Words for each purpose of an exchange. */
export const purposeWords: Record<ExchangePurpose, PurposeWords> = {
  discovery: {
    request: {
      title: 'Fetch the provider’s metadata',
      says: 'One document lists the others: where to sign in, where to get tokens, where the keys are.',
      source: 'OpenID Connect Discovery section 4, RFC 8414 section 3',
    },
    response: {
      title: 'The provider’s metadata',
      says: 'Every address in it is checked before use; the issuer must be the one that was asked.',
      source: 'RFC 8414 section 3.3',
    },
  },
  registration: {
    request: {
      title: 'Register this client',
      says: 'The provider creates a client for it.',
      source: 'RFC 7591 section 3.1',
    },
    response: {
      title: 'The new client',
      says: 'Client ID, and a secret where one is needed.',
      source: 'RFC 7591 section 3.2.1',
    },
  },
  pushed: {
    request: {
      title: 'Push the request',
      says: 'The request does not pass through the browser, so no one there can read or change it.',
      source: 'RFC 9126 section 2.1',
    },
    response: {
      title: 'A reference to the request',
      says: 'The browser carries only this reference.',
      source: 'RFC 9126 section 2.2',
    },
  },
  device: {
    request: {
      title: 'Start a sign-in on another device',
      says: 'The provider issues a short code to enter elsewhere.',
      source: 'RFC 8628 section 3.1',
    },
    response: {
      title: 'Code and address for the other device',
      says: 'Gatehouse shows the code and polls for the tokens.',
      source: 'RFC 8628 section 3.2',
    },
  },
  token: {
    request: {
      title: 'Ask for tokens',
      says: 'A direct connection to the provider: nothing passes through the browser.',
      source: 'RFC 6749 section 4.1.3',
    },
    response: {
      title: 'The token endpoint’s response',
      says: 'Tokens are encrypted immediately and never shown here.',
      source: 'RFC 6749 sections 5.1 and 5.2',
    },
  },
  keys: {
    request: {
      title: 'Fetch the provider’s keys',
      says: 'These keys are used to check the signature of the ID token.',
      source: 'OpenID Connect Core section 10.1.1',
    },
    response: {
      title: 'The provider’s keys',
      says: 'Public keys only; each with the name (kid) that tokens refer to.',
      source: 'RFC 7517 section 5',
    },
  },
  userinfo: {
    request: {
      title: 'Fetch the user’s claims',
      says: 'The access token gives access to what the user allowed.',
      source: 'OpenID Connect Core section 5.3.1',
    },
    response: {
      title: 'Claims about the user',
      says: 'Its sub must be the one of the ID token, or the response belongs to someone else.',
      source: 'OpenID Connect Core section 5.3.2',
    },
  },
  introspection: {
    request: {
      title: 'Ask whether a token is active',
      says: 'Only the provider can tell whether it was revoked.',
      source: 'RFC 7662 section 2.1',
    },
    response: {
      title: 'Whether the token is active',
      says: 'If active is false, nothing else is returned.',
      source: 'RFC 7662 section 2.2',
    },
  },
  revocation: {
    request: {
      title: 'Revoke a token',
      says: 'Before it expires on its own.',
      source: 'RFC 7009 section 2.1',
    },
    response: {
      title: 'Revoked',
      says: 'The status is 200 even for a token the provider did not know.',
      source: 'RFC 7009 section 2.2',
    },
  },
  api: {
    request: {
      title: 'The first call with the token',
      says: 'The API reads who may do what from the token. The request is in the history.',
      source: 'RFC 6750 section 2.1',
    },
    response: {
      title: 'The API’s response',
      says: 'Its body is kept in the history, not here.',
      source: 'RFC 6750 section 3',
    },
  },
  other: {
    request: {
      title: 'Another request',
      says: 'To none of the provider’s endpoints for programs, such as its login page, whose headers say where its form may lead.',
    },
    response: { title: 'Its response', says: '' },
  },
}

/** Token requests by their grant. */
export const grantWords: Record<GrantType, PurposeWords['request']> = {
  authorization_code: {
    title: 'Exchange the code for tokens',
    says: 'A direct connection to the provider: nothing passes through the browser.',
    source: 'RFC 6749 section 4.1.3',
  },
  refresh_token: {
    title: 'Refresh the tokens',
    says: 'No one has to sign in. If the refresh token is rotated, the new one is on the disk before the new access token is used.',
    source: 'RFC 6749 section 6',
  },
  client_credentials: {
    title: 'Request a token for the client itself',
    says: 'No user is involved: the client proves its identity.',
    source: 'RFC 6749 section 4.4.2',
  },
  'urn:ietf:params:oauth:grant-type:device_code': {
    title: 'Ask whether someone has signed in',
    says: 'Repeated after each interval until the code has been entered on the other device.',
    source: 'RFC 8628 section 3.4',
  },
  'urn:ietf:params:oauth:grant-type:token-exchange': {
    title: 'Exchange a token for another',
    says: 'For another audience, another scope, or to act for someone.',
    source: 'RFC 8693 section 2.1',
  },
  'urn:ietf:params:oauth:grant-type:jwt-bearer': {
    title: 'Exchange a signed statement for a token',
    says: 'The statement says who it is about; its signature says who vouches for it.',
    source: 'RFC 7523 section 2.1',
  },
  password: {
    title: 'Send username and password',
    says: 'Deprecated: the app sees the password, and no second factor is possible.',
    source: 'RFC 9700 section 2.4',
  },
}

/** How a response came back, in words. */
export const wayWords = {
  'custom-scheme': {
    label: 'custom protocol',
    says: 'The operating system handed the redirect to Gatehouse through its custom scheme.',
    source: 'RFC 8252 section 7.1',
  },
  loopback: {
    label: 'loopback',
    says: 'The browser called an address on this computer on which only this sign-in listened.',
    source: 'RFC 8252 section 7.3',
  },
  window: {
    label: 'sign-in window',
    says: 'Gatehouse’s sign-in window intercepted the redirect. The system’s browser is safer.',
    source: 'RFC 8252 section 8.12',
  },
  pasted: {
    label: 'pasted',
    says: 'You pasted the redirect URL. It was checked like any other.',
    source: 'RFC 6749 section 4.1.2',
  },
} satisfies Record<CallbackWay, { label: string; says: string; source: string }>
