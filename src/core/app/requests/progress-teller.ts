import type { SendProgress } from '@contract/requests'

interface Dependencies {
  elapsed: () => number
  progress: (progress: SendProgress) => void
}

/** How often progress is told at most, in milliseconds. */
const pause = 100

/** Tells how much of a body is sent: at most ten times a second, and when all is. */
export function createProgressTeller(sendId: string, { elapsed, progress }: Dependencies) {
  let toldAt = -Infinity
  return (sent: number, total: number): void => {
    const now = elapsed()
    if (sent < total && now - toldAt < pause) return
    toldAt = now
    progress({ sendId, sent, total })
  }
}
