import { part } from '../../../lib/part.ts'

/** The dialog's code comes when it is opened: the first picture does without it. */
export const ConnectDialog = part(
  () => import('./connect-dialog.tsx'),
  (file) => file.ConnectDialog,
).Part
