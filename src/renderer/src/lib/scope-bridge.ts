import type { AppBridge } from './bridge.ts'

/** The bridge for as long as one user works: `release` ends all listening at once, so that nothing of what
 *  the page knew goes on living behind a lock. */
export function scopeBridge(bridge: AppBridge): { bridge: AppBridge; release: () => void } {
  const stops = new Set<() => void>()
  return {
    bridge: {
      call: bridge.call,
      on: (name, listener) => {
        const stop = bridge.on(name, listener)
        stops.add(stop)
        return () => {
          stops.delete(stop)
          stop()
        }
      },
    },
    release: () => {
      for (const stop of stops) stop()
      stops.clear()
    },
  }
}
