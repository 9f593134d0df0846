/** Sendings that no tab waits for, but something else: what arrives of them is not let go. */
export const awaited = new Set<string>()
