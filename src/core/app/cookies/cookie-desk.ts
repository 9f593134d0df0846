import type { CookieDraft, CookieJarView, CookiePlace, CookiesView } from '@contract/network/cookies'
import { fail, ok, type Result } from '@contract/result'
import type { Clock } from '../../records/ports.ts'
import type { NetworkDesk } from '../network/network-desk.ts'
import type { CookieJars } from './cookie-jars.ts'

interface Dependencies {
  jars: CookieJars
  clock: Clock
  network: Pick<NetworkDesk, 'keepCookies'>
}

/** What a window offers about cookies of the environment of the moment. Codes: `account_unknown`, `cookie_unknown`, `cookie_unfit`,
 *  `cookie_no_value`, those of documents and of the vault. */
export function createCookieDesk({ jars, clock, network }: Dependencies) {
  async function view(): Promise<CookiesView> {
    const read = await jars.load()
    const views = jars.all().map((record): CookieJarView => {
      const accountId = record.accountId ?? null
      const jar = jars.open(read, record)
      return jar.ok
        ? { accountId, cookies: read.cookiesIn(jar.value, clock.now()) }
        : { accountId, cookies: [], trouble: jar.error.message }
    })
    return { kept: jars.areKept(), jars: views }
  }
  async function change(
    accountId: string | null,
    work: (read: Awaited<ReturnType<CookieJars['load']>>, jar: Jar) => Result<Jar>,
  ): Promise<Result<CookiesView>> {
    const read = await jars.load()
    const owner = accountId ?? undefined
    const jar = jars.open(read, jars.find(owner))
    if (!jar.ok) return jar
    const changed = work(read, jar.value)
    if (!changed.ok) return changed
    const saved = jars.save(read, owner, changed.value)
    return saved.ok ? ok(await view()) : saved
  }

  return {
    list: async (): Promise<Result<CookiesView>> => ok(await view()),
    /** Keeps and sends cookies, or neither; what is kept stays. */
    async keep({ on }: { on: boolean }): Promise<Result<CookiesView>> {
      const kept = network.keepCookies(on)
      return kept.ok ? ok(await view()) : kept
    },
    /** One value, by the user's press. */
    async reveal(place: CookiePlace): Promise<Result<{ value: string }>> {
      const read = await jars.load()
      const jar = jars.open(read, jars.find(place.accountId ?? undefined))
      if (!jar.ok) return jar
      const value = read.cookieValue(jar.value, place)
      return value === undefined
        ? fail('cookie_unknown', 'This cookie is no longer there.', 'Look at the list again.')
        : ok({ value })
    },
    save: (draft: CookieDraft) => change(draft.accountId, (read, jar) => read.putCookie(jar, draft)),
    remove: (place: CookiePlace) => change(place.accountId, (read, jar) => read.withoutCookie(jar, place)),
    async clear({ accountId }: { accountId: string | null }): Promise<Result<CookiesView>> {
      jars.remove(accountId ?? undefined)
      return ok(await view())
    },
  }
}
type Jar = Parameters<Awaited<ReturnType<CookieJars['load']>>['writeJar']>[0]
