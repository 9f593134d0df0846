/** How long deleted things can be restored, in milliseconds. */
export const binTime = 30 * 24 * 60 * 60 * 1000
/** As `binTime`, for what is better gone: accounts with their tokens, passwords, and what was sent and answered. */
export const binBriefTime = 60 * 60 * 1000

/** What can be deleted and restored, and for how long. */
export const binKindTable = {
  request: { name: 'Request', keptFor: binTime },
  file: { name: 'Request or folder', keptFor: binTime },
  exchange: { name: 'History item', keptFor: binBriefTime },
  history: { name: 'History', keptFor: binBriefTime },
  flow: { name: 'Flow', keptFor: binTime },
  flows: { name: 'Flows', keptFor: binTime },
  account: { name: 'Account', keptFor: binBriefTime },
  connection: { name: 'Connection', keptFor: binTime },
  environment: { name: 'Environment', keptFor: binTime },
  key: { name: 'Key', keptFor: binTime },
  pin: { name: 'Pinned token', keptFor: binBriefTime },
  variable: { name: 'Variable', keptFor: binTime },
  cookie: { name: 'Cookie', keptFor: binBriefTime },
  server: { name: 'Server rule', keptFor: binTime },
  login: { name: 'Proxy password', keptFor: binBriefTime },
  captured: { name: 'Captured values', keptFor: binBriefTime },
} as const satisfies Record<string, { name: string; keptFor: number }>

export type BinKind = keyof typeof binKindTable
