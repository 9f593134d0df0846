import type { LineageEntry } from '@contract/accounts.ts'

interface Rotation {
  /** What brought the refresh token that is there now. */
  came?: LineageEntry
  /** How often a refresh brought a new one since the sign-in. */
  times: number
  refreshes: number
}

/** What the lineage tells of the refresh token since the last sign-in. */
export function rotationOf(lineage: readonly LineageEntry[]): Rotation {
  const newest = lineage.toReversed().toSorted((a, b) => b.at - a.at)
  const signIn = newest.findIndex(({ event }) => event === 'signed-in')
  const since = signIn < 0 ? newest : newest.slice(0, signIn)
  const refreshes = since.filter(({ event }) => event === 'refreshed')
  const rotations = refreshes.filter(({ changes }) => changes.includes('refresh token rotated'))
  return { came: rotations[0] ?? newest[signIn], times: rotations.length, refreshes: refreshes.length }
}
