import type { NetworkManner } from '@contract/network/network'
import { defined } from '@contract/defined'
import type { Way } from '../records/way.ts'

/** What of the manner belongs to connections. */
export function connectionManner({ connectSeconds, closes, http2, family }: NetworkManner): Way {
  return defined({
    closes,
    http2,
    family: family === undefined ? undefined : family === 'ipv4' ? (4 as const) : (6 as const),
    connectTimeout: connectSeconds === undefined ? undefined : connectSeconds * 1_000,
  })
}

/** What of the manner belongs to single messages. Milliseconds and bytes. */
export function messageLimits({ pauseSeconds, totalSeconds, redirects, mostMegabytes }: NetworkManner): {
  pause?: number
  total?: number
  redirects?: number
  longBytes?: number
} {
  return defined({
    pause: pauseSeconds === undefined ? undefined : pauseSeconds * 1_000,
    total: totalSeconds === undefined ? undefined : totalSeconds * 1_000,
    redirects,
    longBytes: mostMegabytes === undefined ? undefined : mostMegabytes * 1_000_000,
  })
}
