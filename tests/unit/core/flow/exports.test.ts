import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { describeFlow } from '../../../../src/core/flow/describe-flow.ts'
import { toCurl } from '../../../../src/core/flow/export-curl.ts'
import { toHar } from '../../../../src/core/flow/export-har.ts'
import { toMermaid } from '../../../../src/core/flow/export-mermaid.ts'
import { at, flowRecord, tokenExchange } from './sample.ts'

describe('toCurl', () => {
  it('writes one command', () => {
    expect(toCurl(tokenExchange({ requestBody: "a='b'" }))).toBe(
      `curl --request 'POST' 'https://id.example/token' \\\n  --header 'content-type: application/x-www-form-urlencoded' \\\n  --data-raw 'a='\\''b'\\'''`,
    )
  })
  it('is read by a shell as exactly the words that were sent', () => {
    const text = fc.string({ maxLength: 40 }).map((value) => value.replaceAll('\0', ''))
    fc.assert(
      fc.property(text, text, (value, body) => {
        const command = toCurl(tokenExchange({ requestHeaders: [['x-a', value]], requestBody: `@${body}` }))
        // `printf` in the place of curl gives back each word that the shell made of the command.
        const words = execFileSync('sh', ['-c', command.replace(/^curl/, `printf '%s\\0'`)], {
          encoding: 'utf8',
        })
        expect(words.split('\0').slice(0, -1)).toEqual([
          '--request',
          'POST',
          'https://id.example/token',
          '--header',
          `x-a: ${value}`,
          '--data-raw',
          `@${body}`,
        ])
      }),
      { numRuns: 60 },
    )
  })
})

const pair = z.object({ name: z.string(), value: z.string() }).strict()
const count = z.number().int().min(-1)
const comment = z.string().optional()
/** HAR 1.2, sections 4 to 16 of the specification. */
const har = z
  .object({
    log: z
      .object({
        version: z.literal('1.2'),
        creator: z.object({ name: z.string(), version: z.string() }).strict(),
        comment,
        entries: z.array(
          z
            .object({
              startedDateTime: z.iso.datetime(),
              time: z.number().min(0),
              request: z
                .object({
                  method: z.string(),
                  url: z.url(),
                  httpVersion: z.string(),
                  cookies: z.array(z.never()),
                  headers: z.array(pair),
                  queryString: z.array(pair),
                  postData: z
                    .object({
                      mimeType: z.string(),
                      params: z.array(pair).optional(),
                      text: z.string(),
                      comment,
                    })
                    .strict()
                    .optional(),
                  headersSize: count,
                  bodySize: count,
                })
                .strict(),
              response: z
                .object({
                  status: z.number().int(),
                  statusText: z.string(),
                  httpVersion: z.string(),
                  cookies: z.array(z.never()),
                  headers: z.array(pair),
                  content: z
                    .object({ size: count, mimeType: z.string(), text: z.string(), comment })
                    .strict(),
                  redirectURL: z.string(),
                  headersSize: count,
                  bodySize: count,
                  comment,
                })
                .strict(),
              cache: z.object({}).strict(),
              timings: z.object({ send: z.number(), wait: z.number(), receive: z.number() }).strict(),
              comment,
            })
            .strict(),
        ),
      })
      .strict(),
  })
  .strict()

describe('toHar', () => {
  const creator = { name: 'Gatehouse', version: '1.0.0' }
  it('has the shape of HAR 1.2', () => {
    const steps = [
      tokenExchange({ url: 'https://id.example/token?a=b' }),
      tokenExchange({
        status: undefined,
        responseBody: undefined,
        responseHeaders: undefined,
        failed: 'network_cut',
      }),
    ]
    const { log } = har.parse(JSON.parse(toHar(flowRecord({ steps }), creator)))
    expect(log.entries).toHaveLength(2)
    const [first, second] = log.entries
    expect(first?.startedDateTime).toBe(new Date(at + 6_300).toISOString())
    expect(first?.request.queryString).toEqual([{ name: 'a', value: 'b' }])
    expect(first?.request.postData?.params).toContainEqual({ name: 'code', value: '•••' })
    expect(first?.timings).toEqual({ send: 0, wait: 15, receive: 3 })
    expect(second?.response).toMatchObject({ status: 0, comment: 'network_cut' })
  })
  it('holds only what Gatehouse sent itself', () => {
    expect(har.parse(JSON.parse(toHar(flowRecord(), creator))).log.entries).toHaveLength(1)
  })
})

describe('toMermaid', () => {
  it('draws the flow', () => {
    expect(toMermaid(describeFlow(flowRecord())).split('\n')).toEqual([
      'sequenceDiagram',
      '  participant app as Gatehouse',
      '  participant browser as Browser',
      '  participant provider as Example',
      '  app->>browser: 1 open system browser · code_challenge',
      '  Note over browser,provider: sign-in in the browser, not seen',
      '  browser->>app: 2 custom protocol · code · state · iss',
      '  Note over app: ✓ state · ✓ iss',
      '  app->>provider: 3 POST /token · code · code_verifier',
      '  provider-->>app: 200 · access 15 min · id · refresh · 18 ms',
      '  Note over app: ✓ Signature',
      '',
    ])
  })
  it('lets no text from outside become syntax', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (name) => {
        const record = flowRecord({
          providerName: `${name};end\nA->>B: x %% <b>`,
          steps: [tokenExchange({ status: 400, responseBody: JSON.stringify({ error: `${name}\nend;#` }) })],
        })
        const lines = toMermaid(describeFlow(record)).split('\n')
        expect(lines).toHaveLength(6)
        for (const line of lines.slice(1, -1)) {
          expect(line).toMatch(/^ {2}(participant \w+ as |\w+--?>>\w+: )/)
          const text = line.replace(/^ {2}(participant \w+ as |\w+--?>>\w+: )/, '')
          // A code stands for one character: what is left and right of it does not join.
          expect(text.replace(/#\d+;/g, '·')).not.toMatch(/[;#<>%"&{}\r\n]|\bend\b/i)
        }
      }),
    )
  })
})
