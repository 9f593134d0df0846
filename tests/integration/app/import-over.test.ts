import { afterEach, expect, it } from 'vitest'
import { createAgeFile } from '../../../src/node/crypto/age-file.ts'
import { createOauthFetch } from '../../../src/node/net/fetch.ts'
import type { ExportDocument } from '../../../src/core/vault/transfer/export-document.ts'
import { signInAtProvider } from '../../support/playground-browser.ts'
import { connectPlayground, openWorkbench, type Workbench } from '../../support/workbench.ts'

let bench: Workbench
afterEach(() => bench.close())

const value = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
const password = 'a password of the file'
const file = createAgeFile(4)

const signIn = async (): Promise<string> => {
  const connectionId = await connectPlayground(bench)
  value(await bench.app.signIn.start({ connectionId }))
  const alice = { username: 'alice', password: 'alice-password' }
  const redirect = await signInAtProvider(bench.opened.at(-1) ?? '', alice)
  return value(await bench.app.signIn.receive(redirect)).accountId
}
const exported = async (): Promise<void> => void value(await bench.app.vaultFile.export({ password }))
const imported = async () => {
  value(await bench.app.vaultFile.choose())
  return value(await bench.app.vaultFile.import({ password }))
}
/** Changes what was exported, as whoever wrote the file and its password could. */
const rewrite = async (change: (document: ExportDocument) => void): Promise<void> => {
  const { name = '', bytes = new Uint8Array() } = bench.exported ?? {}
  const document = JSON.parse(
    new TextDecoder().decode(value(await file.decrypt(bytes, password))),
  ) as ExportDocument
  change(document)
  const changed = await file.encrypt(new TextEncoder().encode(JSON.stringify(document)), password)
  bench.exported = { name, bytes: changed }
}
const refreshToken = (accountId: string) =>
  value(bench.app.tokens.reveal({ accountId, kind: 'refresh' })).text

it('does not put a refresh token that was rotated away in the place of the newer one', async () => {
  bench = await openWorkbench()
  const accountId = await signIn()
  const first = refreshToken(accountId)
  await exported()
  bench.clock.forward(1_000)
  value(await bench.app.accounts.refresh(accountId))
  const second = refreshToken(accountId)
  expect(second).not.toBe(first)
  expect(await imported()).toMatchObject({ accounts: 0 })
  expect(refreshToken(accountId)).toBe(second)
  value(await bench.app.accounts.refresh(accountId))
})

it('brings lost tokens back', async () => {
  bench = await openWorkbench()
  const accountId = await signIn()
  const token = refreshToken(accountId)
  await exported()
  value(bench.app.accounts.remove(accountId))
  expect(await imported()).toMatchObject({ accounts: 1 })
  expect(refreshToken(accountId)).toBe(token)
})

it('sends no token of an account here to where a file says', async () => {
  const sent: string[] = []
  const real = createOauthFetch({ now: () => bench.clock.now() })
  bench = await openWorkbench({
    overrides: {
      net: {
        fetch: async (url, options) => {
          sent.push(url)
          return url.includes('.example') ? new Response('{}', { status: 400 }) : real(url, options)
        },
      },
    },
  })
  const accountId = await signIn()
  await exported()
  await rewrite((document) => {
    for (const { metadata } of document.connections)
      metadata['token_endpoint'] = 'https://elsewhere.example/token'
    document.accounts = []
    document.tokenSets = []
  })
  await imported()
  expect(value(bench.app.first.connections())).toHaveLength(2)
  sent.length = 0
  value(await bench.app.accounts.refresh(accountId))
  expect(sent.filter((url) => url.includes('elsewhere'))).toEqual([])
})

it('puts nobody else’s tokens under an account that is here', async () => {
  bench = await openWorkbench()
  const accountId = await signIn()
  const token = refreshToken(accountId)
  await exported()
  await rewrite((document) => {
    for (const account of document.accounts) account.subject = 'mallory'
    for (const tokenSet of document.tokenSets) tokenSet.refreshToken = 'a-token-of-mallory'
  })
  await imported()
  expect(value(bench.app.first.accounts()).map(({ subject }) => subject)).toHaveLength(2)
  expect(refreshToken(accountId)).toBe(token)
})
