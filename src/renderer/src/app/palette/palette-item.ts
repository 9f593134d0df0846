import type { ReactNode } from 'react'

export interface PaletteItem {
  id: string
  name: string
  detail?: string
  lead: ReactNode
  keys?: string
  /** It shows a dialog of its own in the palette's place. */
  staysOpen?: boolean
  run: () => void
}
