/** Whether a token holds, at a glance: a word and a tone. No two are alike. */
interface VerdictRow {
  label: string
  tone: 'ok' | 'warn' | 'bad' | 'plain'
}

export const verdictStates = {
  holds: { label: 'Valid', tone: 'ok' },
  expired: { label: 'Expired', tone: 'bad' },
  early: { label: 'Not valid yet', tone: 'warn' },
  signature_wrong: { label: 'Invalid signature', tone: 'bad' },
  wrong_key: { label: 'Wrong key', tone: 'warn' },
  unsecured: { label: 'Not signed', tone: 'bad' },
  refused: { label: 'Failed checks', tone: 'bad' },
  not_checked: { label: 'Signature not checked', tone: 'plain' },
  encrypted: { label: 'Encrypted, not checked', tone: 'plain' },
  opaque: { label: 'Only its issuer can tell', tone: 'plain' },
  detached: { label: 'Payload is elsewhere', tone: 'plain' },
  unreadable: { label: 'Not valid', tone: 'bad' },
} as const satisfies Record<string, VerdictRow>

export type VerdictState = keyof typeof verdictStates
