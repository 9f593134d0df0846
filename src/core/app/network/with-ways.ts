import type { Result } from '@contract/result'
import { messageLimits } from '../../network/manner.ts'
import type { FindWay, Way } from '../../records/way.ts'
import type { Net } from '../ports.ts'
import type { OpenNetwork } from './open-network.ts'

interface Ways {
  openNetwork: () => Result<OpenNetwork>
  findWay: FindWay
}

/** The network whose messages go the ways, and are waited for as long, as the user's settings say. `onWay`: told of each
 *  way that is gone. */
export function withWays(net: Net, { openNetwork, findWay }: Ways): Net {
  /** Where the settings can't be opened, finding a way says so. */
  function limits(): ReturnType<typeof messageLimits> {
    const opened = openNetwork()
    return messageLimits((opened.ok && opened.value.settings.manner) || {})
  }
  return {
    ...net,
    fetch: (url, options) => net.fetch(url, { findWay, limits: limits(), ...options }),
    send: (request, { onWay, limits: own, ...options }) =>
      net.send(request, {
        findWay: onWay === undefined ? findWay : telling(findWay, onWay),
        limits: { ...limits(), ...own },
        ...options,
      }),
  }
}

function telling(findWay: FindWay, onWay: (way: Way) => void): FindWay {
  return async (url) => {
    const way = await findWay(url)
    if (way.ok) onWay(way.value)
    return way
  }
}
