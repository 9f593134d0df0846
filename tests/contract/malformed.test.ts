import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { channelNames } from '@calls/channels'
import type { Result } from '@contract/result'
import { holdsHalfCharacter } from '../../src/main/ipc/half-character.ts'
import { isWithinLimits } from '../../src/main/ipc/within-limits.ts'
import { doubtful, enormous, fitting, malformed, schemaOf } from './support/payloads.ts'
import { accepts, startRouter } from './support/router.ts'

const runs = 1_000

const codeOf = (answer: Result<unknown>): string => (answer.ok ? 'ok' : answer.error.code)
const isPolluted = (): boolean => 'polluted' in {}

describe.each(channelNames)('%s', (channel) => {
  const schema = schemaOf(channel)

  it(`refuses ${runs} arguments that are wrong by the way they are made`, async () => {
    const router = await startRouter()
    await fc.assert(
      fc.asyncProperty(malformed(schema), async ({ value: input }) => {
        const answer = await router.send(channel, input)
        expect(codeOf(answer)).toBe('ipc_bad_input')
        expect(JSON.stringify(answer).length).toBeLessThan(600)
      }),
      { numRuns: runs },
    )
    expect(router.reached).toEqual([])
    expect(router.defects).toEqual([])
    expect(isPolluted()).toBe(false)
  })

  it('refuses what is larger than anything may be', async () => {
    const router = await startRouter()
    for (const { what, value } of enormous(schema))
      expect([what, codeOf(await router.sendAsIs(channel, value))]).toEqual([what, 'ipc_bad_input'])
    expect(router.reached).toEqual([])
  })

  it('hands on what fits and nothing else', async () => {
    const router = await startRouter()
    await fc.assert(
      fc.asyncProperty(doubtful(schema), async ({ value: input }) => {
        const before = router.reached.length
        const code = codeOf(await router.send(channel, input))
        const fits = isWithinLimits(input) && accepts(channel, input)
        const half = fits && holdsHalfCharacter(input)
        expect(code).toBe(half ? 'text_half_character' : fits ? 'ok' : 'ipc_bad_input')
        expect(router.reached.length - before).toBe(fits && !half ? 1 : 0)
      }),
      { numRuns: 300 },
    )
    expect(router.defects).toEqual([])
    expect(isPolluted()).toBe(false)
  })

  it('lets sound arguments through, so that refusing is not all it does', async () => {
    const router = await startRouter()
    const sound = fc.sample(
      fitting(schema).filter((input) => accepts(channel, input)),
      20,
    )
    for (const input of sound) expect(codeOf(await router.send(channel, input))).toBe('ok')
    expect(router.reached.map((each) => each.channel)).toEqual(sound.map(() => channel))
  })

  it('refuses every frame but the page, whatever it sends', async () => {
    const router = await startRouter({ trusts: false })
    await fc.assert(
      fc.asyncProperty(malformed(schema), async ({ value: input }) => {
        expect(codeOf(await router.send(channel, input))).toBe('ipc_untrusted_sender')
      }),
      { numRuns: 200 },
    )
    expect(router.reached).toEqual([])
  })
})
