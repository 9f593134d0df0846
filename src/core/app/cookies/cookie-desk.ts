import type { CookieDraft, CookieJarView, CookiePlace, CookiesView } from '@contract/network/cookies'
import { defined } from '@contract/defined'
import { fail, ok, type Result } from '@contract/result'
import type { CookieJarRecord } from '../../records/cookie-store.ts'
import type { Clock } from '../../records/ports.ts'
import { failureIn } from '../../text/expected-failure.ts'
import type { DeletedParts } from '../bin/deleted-parts.ts'
import type { NetworkDesk } from '../network/network-desk.ts'
import type { CookieJars } from './cookie-jars.ts'

interface Dependencies {
  jars: CookieJars
  clock: Clock
  network: Pick<NetworkDesk, 'keepCookies'>
  deletedParts: DeletedParts
  /** Cookies came back out of the bin. */
  changed: () => void
}

/** What a window offers about cookies of the environment of the moment. Codes: `account_unknown`, `cookie_unknown`, `cookie_unfit`,
 *  `cookie_no_value`, those of documents and of the vault. */
export function createCookieDesk({ jars, clock, network, deletedParts, changed }: Dependencies) {
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
    work: (read: Read, jar: Jar) => Result<Jar>,
    saved: () => void = () => undefined,
  ): Promise<Result<CookiesView>> {
    const read = await jars.load()
    const owner = accountId ?? undefined
    const jar = jars.open(read, jars.find(owner))
    if (!jar.ok) return jar
    const next = work(read, jar.value)
    if (!next.ok) return next
    const kept = jars.save(read, owner, next.value)
    if (!kept.ok) return kept
    saved()
    return ok(await view())
  }

  function discard(
    owner: CookieJarRecord | undefined,
    text: string | undefined,
    called: { name: string; detail?: string },
  ): void {
    if (owner === undefined || text === undefined) return
    const { environmentId, accountId } = owner
    deletedParts.discard({ kind: 'cookie', text, environmentId, ...defined({ accountId }) }, called)
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
        ? fail('cookie_unknown', 'This cookie no longer exists.', 'Check the list.')
        : ok({ value })
    },
    save: (draft: CookieDraft) => change(draft.accountId, (read, jar) => read.putCookie(jar, draft)),
    /** Into the bin. */
    remove(place: CookiePlace): Promise<Result<CookiesView>> {
      let text: string | undefined
      const owner = jars.find(place.accountId ?? undefined)
      return change(
        place.accountId,
        (read, jar) => {
          text = read.onlyCookie(jar, place)
          return read.withoutCookie(jar, place)
        },
        () => discard(owner, text, { name: place.name || '(no name)', detail: place.domain }),
      )
    },
    /** Into the bin, as one thing. A jar that can't be opened is gone. */
    async clear({ accountId }: { accountId: string | null }): Promise<Result<CookiesView>> {
      const read = await jars.load()
      const record = jars.find(accountId ?? undefined)
      const jar = jars.open(read, record)
      jars.remove(accountId ?? undefined)
      if (jar.ok) {
        const count = read.cookiesIn(jar.value, clock.now()).length
        const text = count === 0 ? undefined : read.writeJar(jar.value, clock.now())
        discard(record, text, { name: count === 1 ? '1 cookie' : `${count} cookies` })
      }
      return ok(await view())
    },
    /** Puts cookies that came back out of the bin into their jars; newer ones of the same name stay. */
    async takeBack(): Promise<void> {
      const read = await jars.load()
      try {
        for (const part of deletedParts.restored('cookie')) {
          const { environmentId, accountId } = part
          const jar = jars.open(read, jars.find(accountId, environmentId))
          const given = read.openJar(part.text)
          const joined = jar.ok && given.ok ? read.joinedJars(jar.value, given.value) : jar
          if (joined.ok && jars.save(read, accountId, joined.value, environmentId).ok) part.done()
        }
        changed()
      } catch (thrown) {
        // Locked meanwhile: they wait.
        if (failureIn(thrown) === undefined) throw thrown
      }
    },
  }
}
type Read = Awaited<ReturnType<CookieJars['load']>>
type Jar = Parameters<Read['writeJar']>[0]
