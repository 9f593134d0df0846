import { defined } from '@contract/defined'
import type { NetworkManner } from '@contract/network/network.ts'

/** Redirects that are followed where nothing else is said. */
export const usualRedirects = '10'

/** The manner as it is typed: empty is as usual. */
export interface TypedManner {
  connect: string
  pause: string
  total: string
  follows: boolean
  redirects: string
  megabytes: string
  keepsOpen: boolean
  http2: boolean
  family: 'both' | 'ipv4' | 'ipv6'
}

export function typedManner(manner: NetworkManner): TypedManner {
  const {
    connectSeconds,
    pauseSeconds,
    totalSeconds,
    redirects,
    closes,
    http2,
    mostMegabytes,
    family = 'both',
  } = manner
  const text = (number: number | undefined) => (number === undefined ? '' : String(number))
  return {
    connect: text(connectSeconds),
    pause: text(pauseSeconds),
    total: text(totalSeconds),
    follows: redirects !== 0,
    redirects: redirects === 0 ? '' : text(redirects),
    megabytes: text(mostMegabytes),
    keepsOpen: closes !== true,
    http2: http2 === true,
    family,
  }
}

export function mannerOf(typed: TypedManner): NetworkManner {
  return defined({
    connectSeconds: numberIn(typed.connect),
    pauseSeconds: numberIn(typed.pause),
    totalSeconds: numberIn(typed.total),
    redirects: typed.follows ? numberIn(typed.redirects) : 0,
    mostMegabytes: numberIn(typed.megabytes),
    closes: typed.keepsOpen ? undefined : (true as const),
    http2: typed.http2 ? (true as const) : undefined,
    family: typed.family === 'both' ? undefined : typed.family,
  })
}

function numberIn(text: string): number | undefined {
  return text.trim() === '' ? undefined : Number(text)
}
