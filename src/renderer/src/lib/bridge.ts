import type { BridgeCalls } from '@contract/calls.ts'
import type { PageBridge } from '@contract/pushes.ts'

/** The whole world outside the page. */
export type AppBridge = PageBridge<BridgeCalls>

declare global {
  interface Window {
    readonly bridge: AppBridge
  }
}

/** The only reader of `window.bridge`: everything else is given the bridge as an argument. */
export const getBridge = (): AppBridge => window.bridge
