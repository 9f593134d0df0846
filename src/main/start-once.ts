/** Something that is started on first use and then kept. */
export interface Started<T> {
  /** A failed start stays failed until someone asks for it `anew`: what it waits for (a lock on a file) is not
   *  waited for at every use. */
  get: (anew?: boolean) => Promise<T>
  /** What runs or is about to; nothing where no one asked or the start failed. */
  running: () => Promise<T> | undefined
  /** Ends what runs with `between` and starts again, whatever came of it; who asks meanwhile waits for that. */
  restart: <R>(between: (running: T) => Promise<R>) => Promise<R>
}

/** Wraps `start` so that it runs once; `onFailure` is told of each start that fails. */
export function startOnce<T>(start: () => Promise<T>, onFailure: (error: unknown) => void): Started<T> {
  let running: Promise<T> | undefined
  let failed = false
  function begin(starting: Promise<T>): Promise<T> {
    failed = false
    running = starting
    starting.catch((error: unknown) => {
      failed = true
      onFailure(error)
    })
    return starting
  }
  return {
    get: (anew = false) => {
      if (failed && anew) running = undefined
      return running ?? begin(start())
    },
    restart: async (between) => {
      const ended = (running ?? begin(start())).then(between)
      await begin(ended.then(start, start)).catch(() => undefined)
      return ended
    },
    running: () => (failed ? undefined : running),
  }
}
