import { defined } from '@contract/defined'
import type { ExchangeStep, FlowRecord } from './flow.ts'
import { formPairs, queryOf } from './read-parameters.ts'

interface Pair {
  name: string
  value: string
}

/** A flow as HAR 1.2. Only what Gatehouse sent itself is in it; the browser's part is not known. Values that
 *  where marks replace secrets. */
export function toHar(record: FlowRecord, creator: { name: string; version: string }): string {
  return JSON.stringify(
    {
      log: {
        version: '1.2',
        creator,
        entries: record.steps.flatMap((step) => (step.kind === 'exchange' ? [entry(step)] : [])),
        comment: `${record.title}; secrets are replaced by a mark`,
      },
    },
    null,
    2,
  )
}
function pairs(list: [string, string][]): Pair[] {
  return list.map(([name, value]) => ({ name, value }))
}
function headerOf(list: [string, string][], name: string): string {
  return list.find(([other]) => other.toLowerCase() === name)?.[1] ?? ''
}
function bytes(text: string): number {
  return new TextEncoder().encode(text).length
}

function entry(step: ExchangeStep) {
  const responseHeaders = step.responseHeaders ?? []
  const type = headerOf(step.requestHeaders, 'content-type') || 'application/x-www-form-urlencoded'
  const body = step.responseBody ?? ''
  const wait = Math.min(step.waiting ?? step.took, step.took)
  return {
    startedDateTime: new Date(step.at).toISOString(),
    time: step.took,
    request: {
      method: step.method,
      url: step.url,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: pairs(step.requestHeaders),
      queryString: pairs(formPairs(queryOf(step.url))),
      ...defined({
        postData:
          step.requestBody === undefined
            ? undefined
            : {
                mimeType: type,
                ...defined({
                  params: type.includes('form') ? pairs(formPairs(step.requestBody)) : undefined,
                }),
                text: step.requestBody,
                ...defined({ comment: step.requestBodyCut ? 'cut' : undefined }),
              },
      }),
      headersSize: -1,
      bodySize: step.requestBody === undefined ? 0 : bytes(step.requestBody),
    },
    response: {
      status: step.status ?? 0,
      statusText: '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: pairs(responseHeaders),
      content: {
        size: bytes(body),
        mimeType: headerOf(responseHeaders, 'content-type') || 'x-unknown',
        text: body,
        ...defined({ comment: step.responseBodyCut ? 'cut' : undefined }),
      },
      redirectURL: headerOf(responseHeaders, 'location'),
      headersSize: -1,
      bodySize: -1,
      ...defined({ comment: step.failed }),
    },
    cache: {},
    timings: { send: 0, wait, receive: Math.max(0, step.took - wait) },
    comment: [step.purpose, step.tls?.protocol].filter((part) => part !== undefined).join(', '),
  }
}
