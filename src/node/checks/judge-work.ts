import type { JsonValue } from 'jsonpath-rfc9535'
import type { CheckResult } from '@contract/sending/checks'
import { captureValues, type Captured, type Capturing } from '../../core/checks/capture.ts'
import { judgeChecks, type Judging } from '../../core/checks/judge.ts'
import { decodeText, isText } from '../../core/http/body-text.ts'

/** Judges checks of a response, its body included. Takes as long as patterns and paths from outside make it take: to be
 *  done where that harms no one. */
export async function judgeWork({ checks, answer, body }: Judging): Promise<CheckResult[]> {
  return judgeChecks(checks, { ...answer, body: textOf(body) }, await finder())
}

/** Finds the values that a response has for variables; takes as long as `judgeWork`. */
export async function captureWork({ captures, answer, body }: Capturing): Promise<Captured[]> {
  return captureValues(captures, { ...answer, body: textOf(body) }, await finder())
}

function textOf(body: Judging['body']): string | undefined {
  return body && isText(body.bytes, body.contentType) ? decodeText(body.bytes, body.contentType) : undefined
}

async function finder(): Promise<(value: unknown, path: string) => unknown[]> {
  const { query } = await import('jsonpath-rfc9535')
  return (value, path) => query(value as JsonValue, path)
}
