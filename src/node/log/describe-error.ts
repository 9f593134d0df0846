import { defined } from '@contract/defined'
import type { Clean } from './clean.ts'

/** What the log keeps of an error. */
export interface ErrorEntry {
  name: string
  code?: string
  message: string
  stack?: string[]
  cause?: ErrorEntry
}

const maxDepth = 3
const maxFrames = 20

/** Name, code, message and stack of whatever was thrown, each cleaned; its other members are left out. */
export function describeError(error: unknown, clean: Clean, depth = 0): ErrorEntry {
  if (typeof error !== 'object' || error === null) {
    // What is thrown without being an error may be anything, a token too: only its kind is told.
    return { name: error === null ? 'null' : typeof error, message: '' }
  }
  const name = textOf(read(error, 'name')) ?? 'Object'
  const code = textOf(read(error, 'code'))
  const message = textOf(read(error, 'message')) ?? ''
  const stack = textOf(read(error, 'stack'))
  const cause = read(error, 'cause')
  return {
    name: clean(name, 100),
    ...defined({ code: code === undefined ? undefined : clean(code, 100) }),
    message: clean(name === 'SyntaxError' || name === 'ZodError' ? withoutQuoted(message) : message, 1_000),
    ...defined({
      stack: stack === undefined ? undefined : frames(stack, clean),
      cause:
        cause === undefined || cause === null || depth >= maxDepth
          ? undefined
          : describeError(cause, clean, depth + 1),
    }),
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined
}

function read(source: object, name: string): unknown {
  try {
    return (source as Record<string, unknown>)[name]
  } catch {
    return undefined
  }
}

/** Parsers quote what they could not read (`Unexpected token 'e', "eyJ…" is not valid JSON`). */
function withoutQuoted(message: string): string {
  return message.replace(/(["'`]).*\1/gs, '$1…$1')
}

/** Frames only: the first lines of a stack repeat the message. */
function frames(stack: string, clean: Clean): string[] {
  return stack
    .slice(0, 20_000)
    .split('\n')
    .filter((line) => /^\s+at\s/.test(line))
    .slice(0, maxFrames)
    .map((line) => clean(line.trim(), 300))
}
