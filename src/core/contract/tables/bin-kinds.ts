/** What can be deleted and restored. An account goes with its tokens, so it is kept for a shorter time. */
export const binKindTable = {
  request: { name: 'Request' },
  exchange: { name: 'History item' },
  history: { name: 'History' },
  flow: { name: 'Flow' },
  flows: { name: 'Flows' },
  account: { name: 'Account' },
  connection: { name: 'Connection' },
  environment: { name: 'Environment' },
  variable: { name: 'Variable' },
} as const satisfies Record<string, { name: string }>

export type BinKind = keyof typeof binKindTable

/** How long deleted things can be restored, in milliseconds. */
export const binTime = 30 * 24 * 60 * 60 * 1000
/** How long deleted accounts and their tokens can be restored, in milliseconds. */
export const binAccountTime = 60 * 60 * 1000
