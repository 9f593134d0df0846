import type { ImportProgress } from '@contract/backups'
import type { Pacer } from '../../text/pacer.ts'

/** How an import goes on beside everything else. */
export interface ImportSteps {
  pacer: Pacer
  /** Whether someone wants it to stop; asked between two pieces. */
  stopped(): boolean
  progress(progress: ImportProgress): void
}
