import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { signInAtProvider } from '../support/playground-browser.ts'
import { expect, test } from './fixtures.ts'
import { VaultPage } from './pages/vault-page.ts'
import { handOver } from './support/gatehouse.ts'
import { findInMemory, pageProcesses } from './support/process-memory.ts'

test.skip(process.platform !== 'linux', 'reads the memory of processes through /proc')

/** An API that tells the test which token it was sent. */
const listeningApi = async () => {
  const seen: string[] = []
  const server = createServer((request, response) => {
    seen.push(request.headers.authorization ?? '')
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end('{"marker":"answer of the listening api"}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/listen`,
    token: () => seen.at(-1)?.replace(/^Bearer /, '') ?? '',
    close: () => server.close(),
  }
}

test('the pages of a locked app hold no token in their memory', async ({ home, workbench }) => {
  const api = await listeningApi()
  const { page } = workbench
  const vault = new VaultPage(page)
  await workbench.startPlayground()
  await workbench.signInButton().click()
  await handOver(
    home,
    await signInAtProvider(await home.nextOpenedUrl(), { username: 'alice', password: 'alice-password' }),
  )
  await workbench.expectSignedIn('alice')
  await workbench.sendReadyRequest()
  await workbench.expectStatus(/200 OK/)
  await page.getByRole('textbox', { name: 'URL' }).fill(api.url)
  await page.keyboard.press('Control+Enter')
  // The token is not meant for this server: it is asked first, and nothing has been sent.
  const allow = page.getByRole('button', { name: /^Send the token to / })
  await expect(allow).toBeVisible()
  expect(api.token()).toBe('')
  if (process.env['GATEHOUSE_LOOK']) await page.screenshot({ path: process.env['GATEHOUSE_LOOK'] })
  await allow.click()
  await expect(page.getByText('answer of the listening api').first()).toBeVisible()
  const texts = { 'access token': api.token(), signature: api.token().split('.')[2] ?? '' }
  expect(texts.signature.length).toBeGreaterThan(40)

  const [before] = pageProcesses(home.profile)
  if (before === undefined) throw new Error('there is no page process')
  // That the search works at all: what the page shows is found in its memory.
  expect(findInMemory(before, { shown: 'answer of the listening api' })).toEqual(['shown'])

  await vault.setPassword('marked vault words 5521')
  await page.keyboard.press('Control+l')
  await expect(vault.lockScreen()).toBeVisible()
  for (const pid of pageProcesses(home.profile)) expect(findInMemory(pid, texts)).toEqual([])
  api.close()
})
