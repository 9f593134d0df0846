import type { JsonValue } from 'jsonpath-rfc9535'
import type { CheckResult } from '@contract/sending/checks'
import { judgeChecks, type Judging } from '../../core/checks/judge.ts'
import { decodeText, isText } from '../../core/http/body-text.ts'

/** Judges checks of a response, its body included. Takes as long as patterns and paths from outside make it take: to be
 *  done where that harms no one. */
export async function judgeWork({ checks, answer, body }: Judging): Promise<CheckResult[]> {
  const { query } = await import('jsonpath-rfc9535')
  const text =
    body && isText(body.bytes, body.contentType) ? decodeText(body.bytes, body.contentType) : undefined
  return judgeChecks(checks, { ...answer, body: text }, (value, path) => query(value as JsonValue, path))
}
