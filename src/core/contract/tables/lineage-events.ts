/** What becomes of an account's tokens, and what is said of it. */
export const lineageEventTable = {
  'signed-in': 'Signed in',
  refreshed: 'Refreshed',
  'refresh-failed': 'Refresh failed',
  revoked: 'Revoked',
  'revoke-failed': 'Revocation refused',
  refused: 'Refused by an API',
  'other-person': 'Another person signed in',
} as const

export type LineageEvent = keyof typeof lineageEventTable
