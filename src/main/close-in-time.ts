/** How long the end of the program waits for what is being closed, in milliseconds. */
export const closeLimit = 2_000
/** How long it waits where a provider is just giving out tokens, which may be the only ones that still count. */
export const grantLimit = 5_000

/** Waits until all is closed, but no longer than the limits: `granting` ends when no tokens are on their way. */
export async function closeInTime(
  closing: Promise<unknown>,
  granting: Promise<unknown>,
  wait: (milliseconds: number) => Promise<void>,
): Promise<void> {
  const short = wait(closeLimit)
  const long = wait(grantLimit)
  await Promise.race([settled(closing), Promise.all([short, Promise.race([settled(granting), long])])])
}

async function settled(work: Promise<unknown>): Promise<void> {
  await Promise.allSettled([work])
}
