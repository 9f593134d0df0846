import { defined } from '@contract/defined'
import { fail, ok, type Result } from '@contract/result'
import type * as jarsModule from '../../http/cookie-jar.ts'
import type { CookieKeeper } from '../../http/wire.ts'
import type { CookieJarRecord, CookieStore } from '../../records/cookie-store.ts'
import type { Clock } from '../../records/ports.ts'
import type { SecretPlace } from '../../vault/box/secret-box.ts'
import { failureIn } from '../../text/expected-failure.ts'
import type { OpenNetwork } from '../network/open-network.ts'
import type { Time } from '../ports.ts'
import { onceUnlocked } from '../tokens/once-unlocked.ts'
import type { CurrentSession } from '../vault/session.ts'

interface Dependencies {
  session: CurrentSession
  clock: Clock
  wait: Time['wait']
  newId: () => string
  cookies: CookieStore
  /** Whether this user has that account. */
  hasAccount: (userId: string, accountId: string) => boolean
  openNetwork: () => Result<OpenNetwork>
}
type Jars = typeof jarsModule
type Jar = Parameters<Jars['writeJar']>[0]

/** A keeper for one sending, which tells what it sent. */
export interface SendingKeeper extends CookieKeeper {
  /** Cookie headers that were sent. */
  sent: string[]
  /** What kept cookies from being kept. */
  trouble: () => string | undefined
}

/** Opens and keeps the cookies of accounts, each in a jar of its own in each environment, so that no one is taken for
 *  another. The jar is read again at every use: several requests may be under way. */
export function createCookieJars(deps: Dependencies) {
  const load = (): Promise<Jars> => import('../../http/cookie-jar.ts')

  function here(): string {
    return deps.session().environment.id
  }
  function find(accountId: string | undefined, environmentId = here()): CookieJarRecord | undefined {
    return deps.cookies.get(deps.session().user.id, environmentId, accountId)
  }
  function open(jars: Jars, record: CookieJarRecord | undefined): Result<Jar> {
    if (record === undefined) return jars.openJar(undefined)
    const opened = deps.session().box.open(jarPlace(record), record.sealedCookies)
    // What was in memory only ended with its run.
    if (!opened.ok && opened.error.code === 'secret_memory_only') return jars.openJar(undefined)
    return opened.ok ? jars.openJar(opened.value) : opened
  }
  /** Code: `account_unknown`, where it was removed meanwhile. */
  function save(jars: Jars, accountId: string | undefined, jar: Jar, environmentId = here()): Result<null> {
    const { user, box } = deps.session()
    if (accountId !== undefined && !deps.hasAccount(user.id, accountId))
      return fail('account_unknown', 'This account no longer exists.', 'Check the list.')
    const id = find(accountId, environmentId)?.id ?? deps.newId()
    const record = { id, userId: user.id, environmentId, ...defined({ accountId }) }
    deps.cookies.save({
      ...record,
      sealedCookies: box.seal(jarPlace(record), jars.writeJar(jar, deps.clock.now())),
    })
    return ok(null)
  }
  function areKept(): boolean {
    const opened = deps.openNetwork()
    return !(opened.ok && opened.value.settings.manner?.cookies === 'off')
  }

  return {
    load,
    find,
    open,
    save,
    areKept,
    /** For one sending; nothing where cookies are turned off. */
    keeper(accountId: string | null): SendingKeeper | undefined {
      if (!areKept()) return undefined
      const owner = accountId ?? undefined
      const { user, environment } = deps.session()
      const isHere = () =>
        deps.session().user.id === user.id && deps.session().environment.id === environment.id
      const sent: string[] = []
      let trouble: string | undefined
      return {
        sent,
        trouble: () => trouble,
        async header(url, led) {
          if (find(owner) === undefined) return undefined
          const jars = await load()
          const jar = isHere() ? open(jars, find(owner)) : undefined
          if (jar?.ok !== true) {
            trouble = jar?.error.message
            return undefined
          }
          const header = jars.cookieHeader(jar.value, url, led)
          if (header !== undefined) sent.push(header)
          return header
        },
        async take(url, headers) {
          const jars = await load()
          function keep(): void {
            if (!isHere()) return
            const jar = open(jars, find(owner))
            if (!jar.ok) trouble = jar.error.message
            else if (jars.takeCookies(jar.value, url, headers)) save(jars, owner, jar.value)
          }
          try {
            // A server may set them once only.
            await onceUnlocked(deps.wait, keep)
          } catch (thrown) {
            const failure = failureIn(thrown)
            if (failure === undefined) throw thrown
            trouble = failure.message
          }
        },
      }
    },
    all(): CookieJarRecord[] {
      const { user, environment } = deps.session()
      return deps.cookies.list(user.id, environment.id)
    },
    remove(accountId: string | undefined): Result<null> {
      const record = find(accountId)
      if (record !== undefined) deps.cookies.remove(record.userId, record.id)
      return ok(null)
    },
  }
}
export type CookieJars = ReturnType<typeof createCookieJars>

function jarPlace({ userId, id }: Pick<CookieJarRecord, 'userId' | 'id'>): SecretPlace {
  return { userId, table: 'cookie_jars', rowId: id, column: 'cookies' }
}
