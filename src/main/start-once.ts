/** Something that is started on first use and then kept. */
export interface Started<T> {
  /** A failed start stays failed until somebody asks for it `anew`: what it waits for (a lock on a file) is not
   *  waited for at every use. */
  get: (anew?: boolean) => Promise<T>
  /** What runs or is about to; nothing where nobody asked or the start failed. */
  running: () => Promise<T> | undefined
}

/** Wraps `start` so that it runs once; `onFailure` is told of each start that fails. */
export const startOnce = <T>(start: () => Promise<T>, onFailure: (error: unknown) => void): Started<T> => {
  let running: Promise<T> | undefined
  let failed = false
  return {
    get: (anew = false) => {
      if (failed && anew) running = undefined
      if (running) return running
      failed = false
      running = start()
      running.catch((error: unknown) => {
        failed = true
        onFailure(error)
      })
      return running
    },
    running: () => (failed ? undefined : running),
  }
}
