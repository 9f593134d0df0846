import type { PlaygroundFault } from '@contract/app.ts'

/** What each fault of the playground is called. */
export const faultNames: Record<PlaygroundFault, string> = {
  'expired-tokens': 'Expired tokens',
  'wrong-audience': 'Wrong audience',
  'rotated-keys': 'Rotated keys',
  'too-many-requests': 'Too many requests',
  'clock-skew': 'Clock skew',
}
