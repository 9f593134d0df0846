/** How much history a user keeps: rows, and bytes of all that is stored of them. The oldest goes first, the newest
 *  always stays. */
export const historyLimits = { exchanges: 1_000_000, bytes: 2 * 1024 * 1024 * 1024 } as const
