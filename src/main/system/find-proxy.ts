import { session, type Session } from 'electron'
import { untilAborted } from '../../node/net/until-aborted.ts'
import type { FindProxy } from '../../core/app/ports.ts'

/** Asks Chromium, which knows the settings of every system and runs PAC scripts in a process of their own, apart from all
 *  of ours. Sessions without a cache or a window, made at first use. */
export function createFindProxy(): FindProxy {
  let system: Session | undefined
  let scripted: { pac: string; session: Promise<Session> } | undefined
  async function find({ url, pac }: Parameters<FindProxy>[0]): Promise<string> {
    // A script is told no more of an address than it needs.
    const asked = new URL('/', url).href
    if (pac === undefined) return (system ??= session.fromPartition('system-proxy')).resolveProxy(asked)
    if (scripted?.pac !== pac) scripted = { pac, session: withScript(pac) }
    return (await scripted.session).resolveProxy(asked)
  }
  return (asked) => {
    const late = AbortSignal.timeout(longest)
    return untilAborted(late, find(asked)).catch((error: unknown) => {
      // A script that does not come is tried again the next time.
      scripted = undefined
      if (late.aborted) return ''
      throw error
    })
  }
}

/** Milliseconds that anyone waits for a script. */
const longest = 30_000

/** A script that cannot be loaded names no way: nothing goes past it. */
async function withScript(pac: string): Promise<Session> {
  const own = session.fromPartition('pac-proxy', { cache: false })
  await own.setProxy({ mode: 'pac_script', pacScript: pac })
  // Without it the first answer could be by what held before.
  await own.forceReloadProxyConfig()
  return own
}
