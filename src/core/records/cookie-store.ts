/** The cookies of an account, or of requests without one, in an environment: JSON, sealed at `cookie_jars.cookies`. */
export interface CookieJarRecord {
  id: string
  userId: string
  environmentId: string
  accountId?: string
  sealedCookies: Uint8Array
}

/** Keeps cookie jars. Every write is durable when it returns. */
export interface CookieStore {
  get(userId: string, environmentId: string, accountId: string | undefined): CookieJarRecord | undefined
  list(userId: string, environmentId: string): CookieJarRecord[]
  save(jar: CookieJarRecord): void
  remove(userId: string, id: string): void
}
