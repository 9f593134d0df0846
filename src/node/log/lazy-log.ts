import type { Log, LogOptions } from './log.ts'

/** A log whose module and settings are first needed when something is told: nothing of it is loaded for the
 *  first picture. */
export function createLazyLog(options: () => LogOptions): Log {
  let log: Log | undefined
  let loading: Promise<Log | undefined> | undefined
  function load(): Promise<Log | undefined> {
    // Where there is no place for a log, that must not become another entry of it.
    loading ??= import('./log.ts')
      .then(({ createLog }) => (log = createLog(options())))
      .catch(() => undefined)
    return loading
  }
  return {
    write: (...entry) => {
      if (log) log.write(...entry)
      else void load().then((loaded) => loaded?.write(...entry))
    },
    flush: async () => {
      if (loading) await (await loading)?.flush()
    },
    flushNow: () => log?.flushNow(),
  }
}
