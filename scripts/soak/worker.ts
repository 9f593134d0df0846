/** The main process without its window, at work until it is killed: signs in, refreshes with rotation, sends, saves.
 *  Says on a line of its own what has been acknowledged, before it goes on. */
import { createHash, randomUUID } from 'node:crypto'
import { writeSync } from 'node:fs'
import { createOauthFetch } from '../../src/node/net/fetch.ts'
import { createRequestEngine } from '../../src/node/net/send.ts'
import type { WorkbenchOptions } from '../../tests/support/workbench.ts'
import type { CollectionRequest } from '../../src/core/contract/collections.ts'
import type { RequestDraft } from '../../src/core/contract/requests.ts'
import { signInAtProvider } from '../../tests/support/playground-browser.ts'
import { ownRequests, saveOwn } from '../../tests/support/own-requests.ts'
import { connectPlayground, openWorkbench } from '../../tests/support/workbench.ts'
import { collectionFolder, createKept, keptKinds } from './kept.ts'
import type { Acknowledged, WorkerInput } from './words.ts'

const input = JSON.parse(process.argv[2] ?? '{}') as WorkerInput
const say = (what: Acknowledged): void => void writeSync(1, `${JSON.stringify(what)}\n`)

/** Gone as if the power had failed: nothing runs after it. */
const die = (): never => {
  process.kill(process.pid, 'SIGKILL')
  throw new Error('dead')
}
const real = createOauthFetch({ now: () => Date.now() })
const engine = createRequestEngine()
let refreshed = false
const files = { chooseFolder: () => Promise.resolve(collectionFolder(input.folder)) }
const overrides: WorkbenchOptions['overrides'] = {
  files,
  net: {
    fetch: async (url, options) => {
      const response = await real(url, options)
      const refreshes = String(options?.body).includes('grant_type=refresh_token')
      if (refreshes && input.dieAt === 'answer') die()
      refreshed ||= refreshes
      return response
    },
    send: (request, options) => (refreshed && input.dieAt === 'use' ? die() : engine.send(request, options)),
  },
}

const bench = await openWorkbench({
  overrides: input.dieAt === undefined ? { files } : overrides,
  folder: input.folder,
  keyringKey: Buffer.from(input.key, 'base64'),
  playground: { issuer: input.issuer, apiBase: input.api, users: [] },
})
const { app } = bench
const must = <T>(
  result: { ok: true; value: T } | { ok: false; error: { code: string; message: string } },
): T => {
  if (result.ok) return result.value
  throw new Error(`${result.error.code}: ${result.error.message}`)
}

/** What the store holds of an account now, told as acknowledged. */
const sayTokens = async (accountId: string): Promise<void> => {
  const text = must(app.tokens.reveal({ accountId, kind: 'refresh' })).text
  const { refreshCount: count } = must(await app.accounts.get(accountId))
  const digest = createHash('sha256').update(text).digest('base64url')
  say({ what: 'tokens', accountId, count, digest })
}

const signIn = async (connectionId: string, who: string): Promise<string> => {
  must(await app.signIn.start({ connectionId }))
  const redirect = await signInAtProvider(bench.opened.at(-1) ?? '', {
    username: who,
    password: `${who}-password`,
  })
  const { accountId } = must(await app.signIn.receive(redirect))
  say({ what: 'signed-in', accountId })
  await sayTokens(accountId)
  return accountId
}

const draft = (accountId: string, mark: string): RequestDraft => ({
  method: 'GET',
  url: `${input.sendTo ?? input.api}/profile?mark=${mark}`,
  query: [],
  headers: [],
  body: { kind: 'none' },
  accountId: input.sendTo === undefined ? accountId : null,
})

let savedPath = input.requestPath
/** Writes the same request again and again. */
const save = async (wanted: RequestDraft): Promise<CollectionRequest> => {
  const found = (await ownRequests(app)).find(({ path }) => path === savedPath)
  if (found === undefined) {
    const made = await saveOwn(app, 'Profile', wanted)
    savedPath = made.path
    return made
  }
  const { collectionId, path, version } = found
  const done = must(await app.collections.save({ collectionId, path, version, draft: wanted }))
  if ('conflict' in done) throw new Error('a file was changed by no one')
  return done.saved
}

const kept = createKept(app)
const connectionId = await connectPlayground(bench)
say({ what: 'ready' })
const people = ['alice', 'bob']
for (let round = 0; ; round += 1) {
  const who = people[(round >> 3) % 2] ?? 'alice'
  const known = must(app.first.accounts()).find(({ displayName }) => displayName === who)
  // Now and then a new sign-in in place of what is there.
  let accountId = known?.id
  if (accountId === undefined || round % 20 === 19) accountId = await signIn(connectionId, who)
  const refreshed = await app.accounts.refresh(accountId)
  if (refreshed.ok) await sayTokens(accountId)
  else {
    say({ what: 'refused', accountId, code: refreshed.error.code })
    if (refreshed.error.code === 'refresh_answer_lost') accountId = await signIn(connectionId, who)
    else throw new Error(refreshed.error.code)
  }
  const mark = randomUUID()
  const exchange = must(await app.sendRequest.send({ sendId: randomUUID(), draft: draft(accountId, mark) }))
  // As the page does, which reads what was written.
  must(await app.history.list({ limit: 1 }))
  say({ what: 'sent', id: exchange.id, size: exchange.response?.bodySize ?? 0 })
  const saved = await save(draft(accountId, mark))
  say({ what: 'saved', path: saved.path })
  const kind = keptKinds[round % keptKinds.length] ?? 'cookie'
  say({ what: 'kept', kind, number: await kept.write(kind) })
}
