import { describe, expect, it } from 'vitest'
import type { NetworkManner } from '@contract/network/network.ts'
import { mannerOf, typedManner } from '../../../../src/renderer/src/features/settings/network/typed-manner.ts'

describe('limits and connections as they are typed', () => {
  const rows: NetworkManner[] = [
    {},
    { redirects: 0 },
    {
      redirects: 3,
      connectSeconds: 1,
      pauseSeconds: 2,
      totalSeconds: 3,
      mostMegabytes: 4,
      family: 'ipv6',
      http2: true,
      closes: true,
    },
  ]
  it.each(rows)('come back as they were: %j', (manner) =>
    expect(mannerOf(typedManner(manner))).toEqual(manner),
  )
  it('forget how many redirects are followed where none are', () =>
    expect(mannerOf({ ...typedManner({ redirects: 3 }), follows: false })).toEqual({ redirects: 0 }))
})
