import { ipcMain, type IpcMainInvokeEvent } from 'electron'
import type { CallHandlers } from '@contract/calls'
import { channelNames, type ChannelName } from '@contract/channels'
import { fail, type Result } from '@contract/result'
import { failureIn } from '../domain/shared/expected-failure.ts'

type AnyHandler = (input: unknown) => Promise<Result<unknown>> | Result<unknown>

export interface RouterOptions {
  /** The handlers, made on first use: their modules are not loaded for the first picture. */
  handlers: () => Promise<CallHandlers>
  /** Whether this frame is our page's main frame. */
  isTrusted: (event: IpcMainInvokeEvent) => boolean
  /** Told of what should never happen; gets no input and no secret. */
  onDefect: (channel: ChannelName, error: unknown) => void
}

/** The only user of ipcMain: checks the sender, then the argument, then calls, and always answers with
 *  a Result. Codes: `ipc_untrusted_sender`, `ipc_bad_input`, `internal`. */
export const route = ({ handlers, isTrusted, onDefect }: RouterOptions): void => {
  for (const channel of channelNames) {
    ipcMain.handle(channel, async (event, input: unknown): Promise<Result<unknown>> => {
      if (!isTrusted(event)) return fail('ipc_untrusted_sender', 'This frame may not call Gatehouse.')
      try {
        const { calls } = await import('@contract/calls')
        const parsed = calls[channel].input.safeParse(input)
        if (!parsed.success) {
          const issue = parsed.error.issues[0]
          const place = issue?.path.join('.') || 'input'
          return fail(
            'ipc_bad_input',
            `${place}: ${issue?.message ?? 'not what was expected'}`,
            'Correct it and try again.',
          )
        }
        const handler = (await handlers())[channel] as AnyHandler
        return await handler(parsed.data)
      } catch (error) {
        const expected = failureIn(error)
        if (expected) return { ok: false, error: expected }
        onDefect(channel, error)
        return fail(
          'internal',
          'Something in Gatehouse went wrong. Nothing was changed by it that you did not see.',
          'Try again; if it stays, please report it.',
        )
      }
    })
  }
}
