import { useSyncExternalStore } from 'react'

// One clock for all rings and countdowns. It ticks only while something listens and the page can be seen.
const listeners = new Set<() => void>()
let now = Date.now()
let timer: ReturnType<typeof setTimeout> | undefined

/** The present time in milliseconds, renewed once a second. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now)
}

function tick(): void {
  now = Date.now()
  for (const listener of listeners) listener()
  // Just after the next full second, so that all countdowns turn together.
  timer = setTimeout(tick, 1000 - (now % 1000) + 5)
}

function settle(): void {
  clearTimeout(timer)
  timer = undefined
  if (listeners.size > 0 && !document.hidden) tick()
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) document.addEventListener('visibilitychange', settle)
  listeners.add(listener)
  if (timer === undefined && !document.hidden) {
    now = Date.now()
    timer = setTimeout(tick, 1000 - (now % 1000) + 5)
  }
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    document.removeEventListener('visibilitychange', settle)
    settle()
  }
}
