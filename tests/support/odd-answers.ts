import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { ok } from '../../src/core/contract/result.ts'
import { createOauthFetch } from '../../src/node/net/fetch.ts'
import { openWorkbench, type Workbench } from './workbench.ts'

/** What a server says that nobody wrote with care. */
const oddBodies = [
  '{}',
  '',
  '{"access_token":"\\ud800","token_type":"\\u0000"}',
  '{"sub":"\\ud800"}',
  '[]',
  '{"error":"\\ud800"}',
  '<p>',
]
const oddBody = (url: string): string => oddBodies[url.length % oddBodies.length] ?? ''

/** A workbench in which the playground answers, and everybody else says something odd. */
export const openAmongOddAnswers = async (): Promise<Workbench> => {
  const real = createOauthFetch({ now: () => Date.now() })
  const bench = await openWorkbench({
    overrides: {
      files: {
        chooseFolder: async () => {
          const folder = join(bench.folder, 'collection')
          await mkdir(folder, { recursive: true })
          return folder
        },
      },
      // Nobody brings the ping back that a test of the redirect waits for.
      desk: {
        scheme: {
          handler: async () => ({ kind: 'none' }),
          register: async () => undefined,
          open: async () => false,
        },
      },
      net: {
        fetch: async (url, options) =>
          url.startsWith(bench.playground.issuer)
            ? real(url, options)
            : new Response(oddBody(url), {
                status: [200, 400, 302, 401][url.length % 4] ?? 200,
                headers: { 'content-type': 'application/json' },
              }),
        send: async ({ url, method }) =>
          ok({
            status: 200,
            statusText: 'O\0K',
            headers: [
              ['x-any', '\ud800'],
              ['location', url],
              ['set-cookie', 'a=\0'],
            ],
            contentType: 'application/json',
            body: new TextEncoder().encode(oddBody(url)),
            wireSize: 1,
            truncated: false,
            url,
            method,
            hops: [],
            tokenSent: false,
            sentHeaders: [['x-any', '\ud800']],
            timing: { waiting: 0, receiving: 0, total: 0 },
          }),
      },
    },
  })
  return bench
}
