import type { Failure } from '@contract/result'
import { systemCode, systemFault } from '../files/system-fault.ts'

/** Why a long body could not be kept on the disk. What came until then stays. */
export function diskFailure(error: unknown): Failure {
  const full = ['ENOSPC', 'EDQUOT'].includes(systemCode(error))
  return {
    code: full ? 'body_disk_full' : 'body_disk',
    message: full
      ? 'The disk is full: the rest of the body could not be kept.'
      : `The rest of the body could not be kept on the disk (${systemFault(error)}).`,
    next: full
      ? 'Free some space and send again, or request less at once.'
      : 'Check the folder of your user data, then send again.',
  }
}
