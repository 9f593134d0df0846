import { describe, expect, it, vi } from 'vitest'
import { startOnce } from '../../../src/main/start-once.ts'

describe('something that is started once', () => {
  it('starts on first use and is the same for all', async () => {
    const start = vi.fn(() => Promise.resolve({}))
    const { get, running } = startOnce(start, () => expect.unreachable())
    expect(running()).toBeUndefined()
    expect(await get()).toBe(await get(true))
    expect(start).toHaveBeenCalledOnce()
    expect(running()).toBeDefined()
  })

  it('stays failed until it is asked for anew', async () => {
    const failures: unknown[] = []
    const start = vi.fn<() => Promise<string>>().mockRejectedValueOnce('locked').mockResolvedValue('open')
    const { get, running } = startOnce(start, (error) => failures.push(error))
    await expect(get()).rejects.toBe('locked')
    await expect(get()).rejects.toBe('locked')
    expect(running()).toBeUndefined()
    expect(start).toHaveBeenCalledOnce()
    expect(await get(true)).toBe('open')
    expect(failures).toEqual(['locked'])
    expect(await get(true)).toBe('open')
    expect(start).toHaveBeenCalledTimes(2)
  })
})
