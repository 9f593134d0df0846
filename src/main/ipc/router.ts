import { ipcMain, type IpcMainInvokeEvent } from 'electron'
import type { CallHandlers } from '@calls/calls'
import { channelNames, firstPictureChannels, type ChannelName } from '@calls/channels'
import { fail, ok, type Failure, type Result } from '@contract/result'
import { schemaWords } from '../../core/text/schema-words.ts'
import { holdsHalfCharacter } from './half-character.ts'
import { isWithinLimits } from './within-limits.ts'

type AnyHandler = (input: unknown) => Promise<Result<unknown>> | Result<unknown>

export interface RouterOptions {
  /** Handlers with the one of this call among them, made on first use: most of their modules are not loaded for the
   *  first picture. Rejects with an error that has a `failure` where they cannot be made; every call then answers
   *  that failure. */
  handlers: (channel: ChannelName) => Promise<Partial<CallHandlers>>
  /** Stands in for those that cannot be made. */
  rescue?: () => Promise<Partial<CallHandlers>>
  /** Whether this frame is our page's main frame. */
  isTrusted: (event: IpcMainInvokeEvent) => boolean
  /** Told of what should never happen; gets no input and no secret. */
  onDefect: (channel: ChannelName, error: unknown) => void
}

const maxMessage = 300

/** The only user of ipcMain: checks the sender, then the argument's size and schema, then calls, and always
 *  answers with a Result. Codes: `ipc_untrusted_sender`, `ipc_bad_input`, `text_half_character`, `internal`, and those of a failed
 *  start (`database_*`, `disk_full`). */
export function route({ handlers, rescue, isTrusted, onDefect }: RouterOptions): void {
  async function handlerOf(channel: ChannelName): Promise<AnyHandler> {
    try {
      return (await handlers(channel))[channel] as AnyHandler
    } catch (error) {
      const instead = (await rescue?.())?.[channel]
      if (instead === undefined) throw error
      return instead as AnyHandler
    }
  }
  async function answer(channel: ChannelName, input: unknown): Promise<Result<unknown>> {
    if (!isWithinLimits(input)) return badInput('input: too large, too deep or not plain data')
    const read = await readInput(channel, input)
    if (read.ok && holdsHalfCharacter(read.value))
      return fail(
        'text_half_character',
        'The text contains half of a character (a lone surrogate), which can be neither stored nor sent.',
        'Delete it where the text was pasted or cut, and type the character again.',
      )
    return read.ok ? (await handlerOf(channel))(read.value) : read
  }
  for (const channel of channelNames) {
    ipcMain.handle(channel, async (event, input: unknown): Promise<Result<unknown>> => {
      if (!trusted(isTrusted, event))
        return fail('ipc_untrusted_sender', 'This frame may not call Gatehouse.')
      try {
        return await answer(channel, input)
      } catch (error) {
        const failure = failureOf(error)
        if (failure) return { ok: false, error: failure }
        onDefect(channel, error)
        return fail(
          'internal',
          'Something went wrong in Gatehouse.',
          'Try again; if it keeps happening, please report it.',
        )
      }
    })
  }
}

/** The expected failure that an error carries. */
function failureOf(error: unknown): Failure | undefined {
  if (typeof error !== 'object' || error === null || !('failure' in error)) return undefined
  const { failure } = error
  if (typeof failure !== 'object' || failure === null) return undefined
  return 'code' in failure && 'message' in failure ? (failure as Failure) : undefined
}

function trusted(isTrusted: RouterOptions['isTrusted'], event: IpcMainInvokeEvent): boolean {
  try {
    return isTrusted(event)
  } catch {
    // A frame that is gone by now has no properties to look at.
    return false
  }
}

const withoutArgument: ReadonlySet<ChannelName> = new Set(firstPictureChannels)

function badInput(message: string): Result<never> {
  return fail('ipc_bad_input', message.slice(0, maxMessage), 'Correct it and try again.')
}

function isEmpty(input: unknown): boolean {
  return (
    typeof input === 'object' && input !== null && !Array.isArray(input) && Object.keys(input).length === 0
  )
}

/** The argument as the call's schema reads it. */
async function readInput(channel: ChannelName, input: unknown): Promise<Result<unknown>> {
  if (withoutArgument.has(channel)) return isEmpty(input) ? ok(input) : badInput('input: takes no argument')
  const { calls } = await import('@calls/calls')
  const parsed = calls[channel].input.safeParse(input, { error: schemaWords })
  if (parsed.success) return ok(parsed.data)
  const issue = parsed.error.issues[0]
  return badInput(`${issue?.path.join('.') || 'input'}: ${issue?.message ?? 'is not what was expected'}`)
}
