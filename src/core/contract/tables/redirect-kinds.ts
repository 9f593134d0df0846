import type { ResponsePlace } from './response-modes.ts'

interface Row {
  /** In the form. */
  choice: string
  /** What brings the response: the system, a listener of ours, or a window of ours that opens the provider’s page. */
  waits: 'system' | 'listener' | 'window'
  /** Whether a response there arrives here. */
  takes: Record<ResponsePlace, boolean>
  /** The other kind that is registered beside it, and taken where the provider refuses this one. */
  beside: 'custom-scheme' | 'loopback'
}

/** Where the provider's response comes back to: RFC 8252 sections 7.1 and 7.3, or taken from a sign-in window of our own,
 *  which section 8.12 advises against. Its addresses: oauth/redirect/redirect-uri.ts. */
export const redirectTable = {
  'custom-scheme': {
    choice: 'Custom scheme',
    waits: 'system',
    takes: { query: true, fragment: true, form: false },
    beside: 'loopback',
  },
  loopback: {
    // A browser keeps the fragment to itself, and the page on loopback runs no script to read it.
    choice: 'Loopback',
    waits: 'listener',
    takes: { query: true, fragment: false, form: true },
    beside: 'custom-scheme',
  },
  window: {
    choice: 'Built-in window',
    waits: 'window',
    takes: { query: true, fragment: true, form: false },
    beside: 'loopback',
  },
} as const satisfies Record<string, Row>

export type RedirectKind = keyof typeof redirectTable
