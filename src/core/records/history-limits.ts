/** How much history a user keeps; the oldest goes first, the newest always stays. Bytes and rows. */
export const historyLimits = { exchanges: 2_000, bodyBytes: 256 * 1024 * 1024 } as const
