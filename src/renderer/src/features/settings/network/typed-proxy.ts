import { defined } from '@contract/defined'
import type { NetworkDraft, NetworkSettings } from '@contract/network/network.ts'

type Proxy = NetworkSettings['proxy']

/** The proxy as it is typed. */
export interface TypedProxy {
  proxy: Proxy
  /** Separated by commas or blanks. */
  except: string
  /** Left alone, what is kept stays. */
  password: string | undefined
}

/** Of all settings: the rest is saved by itself. */
export function typedProxy({ proxy }: NetworkSettings): TypedProxy {
  return { proxy, except: (proxy.except ?? []).join(', '), password: undefined }
}

export function proxyDraft({ proxy, except, password }: TypedProxy): NetworkDraft {
  return { proxy: { ...proxy, except: listed(except) }, ...defined({ proxyPassword: password }) }
}

function listed(text: string): string[] {
  return text
    .split(/[\s,;]+/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
}
