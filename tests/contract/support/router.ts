import { vi } from 'vitest'
import { calls } from '@calls/calls'
import { channelNames, type ChannelName } from '@calls/channels'
import { ok, type Result } from '@contract/result'

type Listener = (event: unknown, input: unknown) => Promise<Result<unknown>>

const { listeners } = vi.hoisted(() => ({ listeners: new Map<string, unknown>() }))
vi.mock('electron', () => ({
  ipcMain: { handle: (channel: string, listener: unknown) => listeners.set(channel, listener) },
}))

/** What is too deep to be cloned could not cross from a page; the router has to bear it all the same. */
const crossing = (input: unknown): unknown => {
  try {
    return structuredClone(input)
  } catch {
    return input
  }
}

/** The real router over a stand-in for Electron's ipcMain, with handlers that note what reaches them. */
export const startRouter = async (
  options: { trusts?: boolean; handle?: () => unknown; rescue?: () => Promise<object> } = {},
) => {
  const { route } = await import('../../../src/main/ipc/router.ts')
  const reached: { channel: ChannelName; input: unknown }[] = []
  const defects: { channel: ChannelName; error: unknown }[] = []
  const handlers = Object.fromEntries(
    channelNames.map((channel) => [
      channel,
      (input: unknown) => {
        reached.push({ channel, input })
        return options.handle ? options.handle() : ok(null)
      },
    ]),
  )
  let wanted: (channel: ChannelName) => Promise<never> = () => Promise.resolve(handlers as never)
  route({
    handlers: (channel) => wanted(channel),
    ...(options.rescue ? { rescue: options.rescue } : {}),
    isTrusted: () => options.trusts ?? true,
    onDefect: (channel, error) => void defects.push({ channel, error }),
  })
  const call = (channel: ChannelName, input: unknown): Promise<Result<unknown>> =>
    (listeners.get(channel) as Listener)({ senderFrame: null }, input)
  return {
    reached,
    defects,
    failToStart: (error: unknown) => {
      wanted = () => Promise.reject(error)
    },
    /** Calls as the page does: the argument crosses as a structured clone. */
    send: (channel: ChannelName, input: unknown) => call(channel, crossing(input)),
    /** The same without the clone, for what costs too much to be copied often. */
    sendAsIs: (channel: ChannelName, input: unknown) => call(channel, input),
    registered: () => [...listeners.keys()],
  }
}

/** The schema of a channel's argument, for a judgement of its own. */
export const accepts = (channel: ChannelName, input: unknown): boolean =>
  calls[channel].input.safeParse(input).success
