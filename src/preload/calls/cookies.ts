import { z } from 'zod'
import { cookieDraft, cookieJar, cookiePlace, type CookiesView } from '@contract/network/cookies'
import { nothing } from '@contract/limits'
import { call } from './call.ts'

/** Cookies of the environment of the moment. Codes: `cookie_unknown`, `cookie_unfit`, `cookie_no_value`. */
export const cookieCalls = {
  'cookies:list': call(nothing).returns<CookiesView>(),
  /** Keeps and sends cookies, or neither. */
  'cookies:keep': call(z.object({ on: z.boolean() }).strict()).returns<CookiesView>(),
  /** One value, by the user's press. */
  'cookies:reveal': call(cookiePlace).returns<{ value: string }>(),
  'cookies:save': call(cookieDraft).returns<CookiesView>(),
  'cookies:remove': call(cookiePlace).returns<CookiesView>(),
  'cookies:clear': call(cookieJar).returns<CookiesView>(),
}
