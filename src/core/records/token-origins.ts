/** Origins that a user allowed an account's token to be sent to; they go with the account. Every write is durable
 *  when it returns. */
export interface TokenOriginStore {
  allows(userId: string, accountId: string, origin: string): boolean
  allow(userId: string, accountId: string, origin: string, at: number): void
}
