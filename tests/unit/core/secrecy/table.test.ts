import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createAbout } from '../../../../src/core/app/desk/about.ts'
import { createFlowRecorder } from '../../../../src/core/app/flows/flow-recorder.ts'
import type { CurrentSession } from '../../../../src/core/app/vault/session.ts'
import { fail } from '../../../../src/core/contract/result.ts'
import { describeFlow } from '../../../../src/core/flow/describe-flow.ts'
import { toCurl } from '../../../../src/core/flow/export-curl.ts'
import { toHar } from '../../../../src/core/flow/export-har.ts'
import { toMermaid } from '../../../../src/core/flow/export-mermaid.ts'
import type { FlowRecord } from '../../../../src/core/flow/flow.ts'
import { scrubThrown } from '../../../../src/core/secrecy/scrub-thrown.ts'
import { createScrubber } from '../../../../src/core/secrecy/scrub.ts'
import { createLog } from '../../../../src/node/log/log.ts'
import { core, secrets, textsIn } from './secrets.ts'
import { spelled } from './spelled.ts'

/** A flow in which every secret is sent and comes back in this spelling, by an adapter that redacts nothing. */
async function recorded(secret: string, text: string): Promise<FlowRecord> {
  let kept: FlowRecord | undefined
  const recorder = createFlowRecorder({
    session: (() => ({ user: { id: 'u' } })) as unknown as CurrentSession,
    clock: { now: () => 1_000 },
    newId: () => 'flow',
    fetch: (url, options = {}) => {
      options.trace?.({
        method: 'POST',
        url: `${url}?echo=${text}`,
        requestHeaders: [['x-echo', text]],
        requestBody: `echo=${text}`,
        status: 400,
        responseHeaders: [['x-echo', text]],
        responseBody: `the provider says ${text}`,
        startedAt: 0,
        total: 1,
      })
      return Promise.resolve(new Response('{}'))
    },
    flows: {
      save: (record) => void (kept = record),
      get: () => kept,
      page: () => [],
      remove: () => undefined,
    },
    after: (_milliseconds: number, then: () => void) => {
      then()
      return () => undefined
    },
    changed: () => undefined,
  })
  await recorder.run('refresh', async (trace) => {
    const body = new URLSearchParams([['client_secret', secret]])
    await trace.fetch('https://id.example/token', { method: 'POST', body })
    return fail('token_invalid_grant', `Refused: ${text}`, `Look at ${text}`)
  })
  if (kept === undefined) throw new Error('Nothing was recorded.')
  return kept
}

/** Character codes of Mermaid taken off. */
function unescaped(text: string): string {
  return text.replace(/#(\d+);/g, (_all, code: string) => String.fromCodePoint(Number(code)))
}

async function logged(secret: string, text: string): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'gatehouse-log-'))
  try {
    const log = createLog({ directory, now: () => 0 })
    const thrown = new TypeError(`Invalid ${text}`, { cause: new Error(text) })
    log.write('error', 'call_failed', {}, scrubThrown(thrown, createScrubber([secret])))
    await log.flush()
    return readFileSync(join(directory, 'gatehouse.log'), 'utf8')
  } finally {
    rmSync(directory, { recursive: true })
  }
}

/** The copied report, with the text in everything that the system or the database say in words of their own. */
async function report(text: string): Promise<string[]> {
  const copied: string[] = []
  const about = createAbout({
    about: { version: '1.2.3' },
    machine: {
      versions: { electron: '40.0.0', chromium: '140.0.1', node: '24.1.0' },
      system: { name: 'Linux', release: '6.8.0', architecture: 'x64' },
      places: () => [{ place: 'profile', path: `/home/${text}` }],
      show: () => true,
    },
    protection: () => ({ kind: 'password', backend: 'password', label: text, says: text }),
    history: () => ({ days: 0, exchanges: 1_000_000, megabytes: 2_000 }),
    backups: () => ({
      backups: [{ name: text, kind: 'routine', at: 1, size: 1 }],
      lastCheck: { full: true, at: 1, problems: [text] },
    }),
    copyText: async (each) => void copied.push(each),
  })
  await about.copyReport()
  return copied
}

const places: Record<string, (secret: string, text: string) => Promise<string[]>> = {
  flow: async (secret, text) => textsIn(await recorded(secret, text)),
  'flow view': async (secret, text) => textsIn(describeFlow(await recorded(secret, text))),
  HAR: async (secret, text) =>
    textsIn(JSON.parse(toHar(await recorded(secret, text), { name: 'Gatehouse', version: '1' }))),
  curl: async (secret, text) =>
    (await recorded(secret, text)).steps.flatMap((step) => (step.kind === 'exchange' ? [toCurl(step)] : [])),
  Mermaid: async (secret, text) => [unescaped(toMermaid(describeFlow(await recorded(secret, text))))],
  report: (_secret, text) => report(text),
  log: async (secret, text) => textsIn(JSON.parse(await logged(secret, text))),
}

it.each(Object.keys(places))('no secret in any spelling reaches: %s', async (place) => {
  const leaks: string[] = []
  let cells = 0
  for (const [name, secret] of Object.entries(secrets))
    for (const [spelling, text] of spelled(secret)) {
      const texts = (await places[place]?.(secret, text)) ?? []
      expect(texts.length).toBeGreaterThan(0)
      cells += 1
      if (texts.some((each) => each.includes(core(spelling, text)))) leaks.push(`${name}, ${spelling}`)
    }
  expect(leaks).toEqual([])
  expect(cells).toBeGreaterThan(200)
})
