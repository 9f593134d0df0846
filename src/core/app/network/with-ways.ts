import { ok, type Result } from '@contract/result'
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
  function along(send: Net['send']): Net['send'] {
    return (request, { onWay, http2, limits: own, ...options }) =>
      send(request, {
        findWay: telling(http2 === undefined ? findWay : offering(findWay, http2), onWay),
        limits: { ...limits(), ...own },
        ...options,
      })
  }
  return {
    ...net,
    fetch: (url, options) => net.fetch(url, { findWay, limits: limits(), ...options }),
    send: along(net.send),
    rehearse: along(net.rehearse),
  }
}

function offering(findWay: FindWay, http2: boolean): FindWay {
  const change = ({ http2: _usual, otherwise, ...way }: Way): Way => ({
    ...way,
    ...(http2 && { http2: true }),
    ...(otherwise !== undefined && { otherwise: change(otherwise) }),
  })
  return async (url) => {
    const way = await findWay(url)
    return way.ok ? ok(change(way.value)) : way
  }
}

function telling(findWay: FindWay, onWay: ((way: Way) => void) | undefined): FindWay {
  if (onWay === undefined) return findWay
  return async (url) => {
    const way = await findWay(url)
    if (way.ok) onWay(way.value)
    return way
  }
}
