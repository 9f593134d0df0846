/** Runs one piece of work at a time for each key: whoever asks meanwhile gets the same promise. */
export function createSingleFlight<T>(): (key: string, work: () => Promise<T>) => Promise<T> {
  const running = new Map<string, Promise<T>>()
  return (key, work) => {
    const current = running.get(key)
    if (current !== undefined) return current
    const started = (async () => work())().finally(() => running.delete(key))
    running.set(key, started)
    return started
  }
}
