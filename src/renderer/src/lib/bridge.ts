import type { BridgeCalls } from '@calls/calls'
import type { PageBridge } from '@calls/pushes'

/** The whole world outside the page. */
export type AppBridge = PageBridge<BridgeCalls>

declare global {
  interface Window {
    readonly bridge: AppBridge
  }
}

/** The only reader of `window.bridge`: everything else is given the bridge as an argument. */
export function getBridge(): AppBridge {
  return window.bridge
}
