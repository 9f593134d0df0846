import { z } from 'zod'
import { id } from '../limits.ts'

const text = z.string().max(4_096)
const part = z.string().trim().min(1).max(1_024)

/** Which jar: an account's, or that of requests without one, in the environment of the moment. */
const jar = z.object({ accountId: id.nullable() }).strict()
/** A cookie in its jar: what tells it from others (RFC 6265 section 5.3). */
export const cookiePlace = jar.extend({ domain: part, path: part, name: text }).strict()
export type CookiePlace = z.infer<typeof cookiePlace>

export const cookieJar = jar

/** A cookie as it is to be. */
export const cookieDraft = cookiePlace
  .extend({
    /** Left out, what is kept stays. */
    value: text.optional(),
    /** It goes to hosts below the domain too. */
    below: z.boolean(),
    secure: z.boolean(),
    httpOnly: z.boolean(),
    /** Left out, it stays until it is removed. */
    expiresAt: z.number().int().min(0).max(8_640_000_000_000_000).optional(),
    /** What it was before, where that is to change. */
    was: cookiePlace.optional(),
  })
  .strict()
export type CookieDraft = z.infer<typeof cookieDraft>

/** A cookie without its value. Times in milliseconds. */
export interface CookieView {
  name: string
  domain: string
  path: string
  below: boolean
  secure: boolean
  httpOnly: boolean
  sameSite?: string
  /** Absent: until it is removed. */
  expiresAt?: number
}

/** The cookies of an account, or of requests without one. */
export interface CookieJarView {
  accountId: string | null
  cookies: CookieView[]
  /** Why it cannot be opened. */
  trouble?: string
}

export interface CookiesView {
  /** Cookies are kept and sent. */
  kept: boolean
  jars: CookieJarView[]
}
