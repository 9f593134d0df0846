import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright/test'
import { expect, test } from './fixtures.ts'
import { RequestPage } from './pages/request-page.ts'

const part = (json: string): string => Buffer.from(json).toString('base64url')
const jwt = (claims: string): string => `${part('{"alg":"HS256","kid":"a"}')}.${part(claims)}.c2lnbmF0dXJl`

async function openBench(page: Page, task?: string): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name: 'Token bench' }).click()
  if (task !== undefined) await page.getByRole('radio', { name: task }).check({ force: true })
}

test('compares a token that is read with another one', async ({ workbench }) => {
  const { page } = workbench
  await openBench(page)
  await page
    .getByRole('textbox', { name: 'Token to decode' })
    .fill(jwt('{"iss":"https://id.example","sub":"1","scope":"a b","n":9007199254740993,"iat":1700000000}'))
  await page.getByRole('button', { name: 'Compare', exact: true }).click()
  await page
    .getByRole('textbox', { name: 'Second token' })
    .fill(jwt('{"iss":"https://id.example","sub":"2","scope":"b c","n":9007199254740992,"exp":1700003600}'))

  await expect(page.getByText('They are from the same issuer, for different subjects.')).toBeVisible()
  const claims = page.getByRole('table', { name: 'Claims' })
  await expect(claims.getByRole('row', { name: /^sub changed/ })).toContainText('"1""2"')
  await expect(claims.getByRole('row', { name: /^n changed/ })).toContainText(
    /9007199254740993\s*9007199254740992/,
  )
  await expect(claims.getByRole('row', { name: /^exp added/ })).toContainText('always new')
  const scopes = page.getByRole('region', { name: 'Scopes' })
  await expect(scopes).toContainText(/Gained\s*c\s*Lost\s*a\s*In both\s*b/)
  const lives = page.getByRole('list', { name: 'Lifetimes on one timeline' })
  await expect(lives.getByRole('listitem')).toHaveCount(2)

  await page.getByRole('button', { name: 'Swap' }).click()
  await expect(scopes).toContainText(/Gained\s*a\s*Lost\s*c/)

  // Of the tasks that another start begins with, to one that it doesn't.
  await page.getByRole('radio', { name: 'Key ring' }).check({ force: true })
  await expect(page.getByRole('heading', { name: 'Key ring' })).toBeVisible()
})

test('shares a token as Markdown without who it is about', async ({ workbench }) => {
  const { page } = workbench
  await openBench(page)
  await page
    .getByRole('textbox', { name: 'Token to decode' })
    .fill(jwt('{"iss":"https://id.example","email":"alice@example.org","role":"editor"}'))
  await page.getByRole('button', { name: 'Share', exact: true }).click()
  await expect(page.getByText('Left out: the text of the token, its signature, email.')).toBeVisible()
  const field = page.getByRole('textbox', { name: 'Token to decode' })
  await field.selectText()
  await page.keyboard.press('Control+v')
  await expect(field).toHaveValue(/^# Plain JWT/)
  const copied = await field.inputValue()
  expect(copied).toContain('| `role` | `editor` |')
  expect(copied).not.toContain('alice@example.org')
  expect(copied).not.toContain('c2lnbmF0dXJl')
})

test('pins a token, reads it again and unpins it, which can be undone', async ({ workbench }) => {
  const { page } = workbench
  await openBench(page)
  const field = page.getByRole('textbox', { name: 'Token to decode' })
  const token = jwt('{"iss":"https://id.example","sub":"alice"}')
  await field.fill(token)
  await page.getByRole('button', { name: 'Pin', exact: true }).click()
  await expect(page.getByText('Pinned as “Plain JWT · alice · id.example”')).toBeVisible()
  await page.getByRole('button', { name: 'Clear' }).click()
  const list = page.getByRole('list', { name: 'Pinned tokens' })
  await list.getByRole('textbox').fill('of alice')
  await page.keyboard.press('Enter')
  await list.getByRole('button', { name: 'Read of alice' }).click()
  await expect(field).toHaveValue(token)

  await page.getByRole('button', { name: 'Compare', exact: true }).click()
  await page.getByRole('combobox', { name: 'Second token from' }).click()
  await page.getByRole('option', { name: 'Pinned: of alice' }).click()
  await expect(page.getByText('Both are the same token, character by character.')).toBeVisible()

  await page.getByRole('radio', { name: 'Read' }).check({ force: true })
  await page.getByRole('button', { name: 'Clear' }).click()
  await list.getByRole('button', { name: 'Unpin of alice' }).click()
  await expect(list).toHaveCount(0)
  await page
    .getByRole('status', { name: 'Notifications' })
    .getByRole('button', { name: 'Undo' })
    .last()
    .click()
  await expect(list.getByRole('listitem')).toHaveCount(1)
})

test('calls an API with a token that was made', async ({ workbench }) => {
  const { page } = workbench
  const seen: (string | undefined)[] = []
  const server = createServer((request, response) => {
    seen.push(request.headers.authorization)
    response.end('{}')
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  try {
    await openBench(page, 'Make')
    await page.getByRole('textbox', { name: 'Key or secret' }).fill('a-secret-of-mine')
    await page.getByRole('button', { name: 'Sign', exact: true }).click()
    const made = await page.getByRole('textbox', { name: 'Signed token' }).inputValue()
    await page.getByRole('button', { name: 'Call with this token' }).click()
    const { port } = server.address() as AddressInfo
    const requests = new RequestPage(page)
    await page.getByRole('textbox', { name: 'URL' }).fill(`http://127.0.0.1:${port}/orders`)
    await page.keyboard.press('Control+Enter')
    await expect(requests.answer().getByText(/^200/)).toBeVisible()
    expect(seen).toEqual([`Bearer ${made}`])
    await requests.saveAs('As a made token')
    await expect(page.getByText(made)).toHaveCount(0)
  } finally {
    server.closeAllConnections()
    server.close()
  }
})

test('edits a token that is read, with names completed and its size told, and signs it again', async ({
  workbench,
}) => {
  const { page } = workbench
  await openBench(page)
  const made = jwt('{"user_id":9007199254740993,"exp":4000000000}')
  await page.getByRole('textbox', { name: 'Token to decode' }).fill(made)
  await page.getByRole('textbox', { name: 'Key or secret' }).fill('a-secret-of-mine')
  await expect(page.getByRole('region', { name: 'At a glance' })).toContainText('Invalid signature')
  await page.getByRole('button', { name: 'Edit and sign again' }).click()
  await expect(page.getByRole('textbox', { name: 'Header' })).toContainText('"kid": "a"')
  await expect(page.getByRole('textbox', { name: 'Key or secret' })).toHaveValue('a-secret-of-mine')

  const payload = page.getByRole('textbox', { name: 'Payload' })
  const section = page.getByRole('region', { name: 'Payload' })
  await expect(section).toContainText('45 bytes, about 139 characters as a token')
  await payload.click()
  await page.keyboard.press('Control+Home')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.type('"email_v')
  await page.getByRole('option', { name: /^email_verified/ }).click()
  await page.keyboard.type('true,')
  await expect(payload).toContainText('"email_verified": true,')
  await expect(section).toContainText('67 bytes')
  await page.getByRole('button', { name: 'Sign', exact: true }).click()
  await page.getByRole('button', { name: 'Read it with this key' }).click()
  await expect(page.getByRole('region', { name: 'At a glance' })).toContainText('Valid')
  const claims = page.getByRole('table', { name: 'Claims' })
  await expect(claims.getByRole('row', { name: /^email_verified true/ })).toBeVisible()
  await expect(claims.getByRole('row', { name: /^user_id 9007199254740993/ })).toBeVisible()
})

test('answers at the first look what it is, whether it holds and until when', async ({ workbench }) => {
  const { page } = workbench
  await openBench(page)
  const field = page.getByRole('textbox', { name: 'Token to decode' })
  const glance = page.getByRole('region', { name: 'At a glance' })
  const expired = jwt('{"iss":"https://id.example","iat":1700000000,"exp":1700003600}')
  const attack = `${part('{"alg":"nOnE","jku":"https://evil.example","kid":"../../etc/passwd","crit":["x"],"b64":false}')}.${part('{"exp":99999999999999}')}.`
  const [head = '', claims = ''] = expired.split('.')
  const tokens: [text: string, what: string, holds: string, until: string][] = [
    [jwt('{"exp":4000000000}'), 'Plain JWT', 'Signature not checked', '2096-10-02'],
    [expired, 'Plain JWT', 'Expired', '2023-11-14'],
    [attack, 'Unsecured JWT', 'Not signed', 'No expiry'],
    [`${head}=.+${claims}/=.c2 ln+/==`, 'Not a valid token', 'Not valid', 'Not known'],
    [
      `${part('{"alg":"dir","enc":"A256GCM"}')}..aaaa.aaaa.aaaa`,
      'Encrypted token (JWE)',
      'Encrypted',
      'Not known',
    ],
    ['ghp_abcdefghijklmnopqrstuvwxyz0123456789', 'Opaque token', 'Only its issuer can tell', 'Not known'],
    [
      JSON.stringify({ access_token: expired, id_token: jwt('{"a":1}') }, null, 2),
      'Plain JWT',
      'Expired',
      '2023',
    ],
  ]
  for (const size of [
    { width: 1280, height: 800 },
    { width: 900, height: 600 },
  ]) {
    await page.setViewportSize(size)
    for (const [text, what, holds, until] of tokens) {
      await field.fill(text)
      for (const says of [what, holds, until]) await expect(glance).toContainText(says)
      await expect(glance).toBeInViewport({ ratio: 1 })
      const folder = process.env['GATEHOUSE_LOOKS']
      if (folder !== undefined)
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
          await page.screenshot({
            path: `${folder}/${size.width}-${what.slice(0, 9)}-${holds.slice(0, 9)}-${colorScheme}.png`,
          })
        }
    }
  }
})
