import { randomUUID } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ChannelName } from '@calls/channels'
import type { Pair, RequestDraft } from '../../../src/core/contract/requests.ts'
import { fail, ok, type Failure } from '../../../src/core/contract/result.ts'
import { createHandlers } from '../../../src/main/ipc/handlers.ts'
import { route } from '../../../src/main/ipc/router.ts'
import { createBodyShelf } from '../../../src/node/bodies/body-shelf.ts'
import { createLog } from '../../../src/node/log/log.ts'
import { startOddProvider, type OddAnswer, type OddProvider } from '../../../tests/support/odd-provider.ts'
import { openWorkbench, type Workbench } from '../../../tests/support/workbench.ts'
import { listeners } from '../no-electron.ts'

/** The program behind its real router, a server that it talks to, and the folder in which nothing may be found. */
export interface World {
  bench: Workbench
  odd: OddProvider
  /** Profile, exports and logs. */
  folder: string
  /** A call as the page makes it; throws where it fails. */
  must: (channel: ChannelName, input: unknown) => Promise<unknown>
  /** The same; answers the failure. */
  call: (channel: ChannelName, input: unknown) => Promise<{ value?: unknown; error?: Failure }>
  /** Sends a request to the server's `/echo`, whose answer is `answer` where that is given. */
  send: (part: Partial<RequestDraft>, answer?: OddAnswer) => Promise<unknown>
  draft: (part: Partial<RequestDraft>) => RequestDraft
  /** What the next dialog answers, what commands and the computer's environment say, and the system's proxy. */
  chosen: {
    folder?: string
    identity?: { name: string; bytes: Uint8Array }
    said?: string
    proxy?: string
  }
  /** Keeps an export where it is looked into. */
  keepExport: () => void
  /** Keeps what a crash at this moment would leave of long bodies. */
  keepLeft: () => void
  /** What is to be looked for besides what was planted: what the program itself made or was given. */
  also: Record<string, string>
  defects: string[]
  close: () => Promise<void>
  remove: () => void
}

/** A row that is sent. */
export function row(name: string, value: string): Pair {
  return { name, value, enabled: true }
}

/** Opens all of it in a new folder. */
export async function openWorld(keyring: 'real' | 'none'): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-canaries-'))
  const profile = join(folder, 'profile')
  mkdirSync(profile, { mode: 0o700 })
  const odd = await startOddProvider()
  const chosen: World['chosen'] = {}
  const answers = join(profile, 'answers')
  // Bundled, it is beside the thread.
  const script = join(dirname(fileURLToPath(import.meta.url)), 'bodies.mjs')
  const shelf = createBodyShelf({ folder: answers, script, told: () => undefined })
  const bench = await openWorkbench({
    folder: profile,
    keyring,
    playground: { issuer: odd.issuer, apiBase: odd.issuer, users: [] },
    longBodies: { shelf, arriving: () => undefined },
    overrides: {
      files: {
        saveText: (name, text) => {
          mkdirSync(join(folder, 'exports'), { recursive: true })
          writeFileSync(join(folder, 'exports', `${randomUUID()}-${name}`), text)
          return Promise.resolve({ ok: true, value: { file: name } })
        },
        chooseFolder: () => Promise.resolve(chosen.folder),
        chooseIdentity: () => Promise.resolve(ok(chosen.identity)),
      },
      net: { findProxy: () => Promise.resolve(chosen.proxy ?? 'DIRECT') },
      desk: {
        computer: {
          environmentValue: () => chosen.said,
          run: () => Promise.resolve(ok(chosen.said ?? '')),
        },
      },
    },
  })
  const log = createLog({ directory: join(profile, 'logs'), now: () => Date.now() })
  const defects: string[] = []
  route({
    handlers: () => Promise.resolve(createHandlers(bench.app)),
    isTrusted: () => true,
    onDefect: (channel, error) => {
      defects.push(`${channel}: ${String(error)}`)
      log.write('error', 'call_failed', { channel }, error)
    },
  })

  async function call(channel: ChannelName, input: unknown): Promise<{ value?: unknown; error?: Failure }> {
    const answer = await listeners.get(channel)?.({ senderFrame: null }, input)
    return (answer ?? fail('no_channel', channel)) as { value?: unknown; error?: Failure }
  }
  async function must(channel: ChannelName, input: unknown): Promise<unknown> {
    const { value, error } = await call(channel, input)
    if (error) throw new Error(`${channel}: ${error.code} ${error.message}`)
    return value
  }
  function draft(part: Partial<RequestDraft>): RequestDraft {
    return {
      method: 'POST',
      url: `${odd.issuer}/echo`,
      query: [],
      headers: [],
      body: { kind: 'none' },
      accountId: null,
      ...part,
    }
  }
  return {
    bench,
    odd,
    folder,
    call,
    must,
    draft,
    chosen,
    also: {},
    defects,
    send: async (part, answer) => {
      odd.answers['/echo'] = (request) => answer ?? echo(request)
      return must('requests:send', { sendId: randomUUID(), draft: draft(part) })
    },
    keepLeft: () => {
      if (existsSync(answers)) cpSync(answers, join(folder, 'left', randomUUID()), { recursive: true })
    },
    keepExport: () => {
      if (!bench.exported) return
      mkdirSync(join(folder, 'exports'), { recursive: true })
      writeFileSync(join(folder, 'exports', `${randomUUID()}-${bench.exported.name}`), bench.exported.bytes)
    },
    close: async () => {
      await log.flush()
      await bench.close()
      await shelf.close()
      await odd.stop()
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** Sends back what came, as such servers do: in the body in several spellings, and in a header. */
function echo({ url, headers, body }: { url: string; headers: unknown; body: string }): OddAnswer {
  const all = JSON.stringify({ url, headers, body })
  return {
    headers: { 'x-echo': encodeURIComponent(body).slice(0, 2_000), 'content-type': 'application/json' },
    body: JSON.stringify({ url, headers, body, again: Buffer.from(all).toString('base64'), text: all }),
  }
}
