import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright/test'
import { expect, test } from './fixtures.ts'
import { RequestPage } from './pages/request-page.ts'
import { choose } from './support/choose.ts'
import { openCollection } from './support/open-collection.ts'

interface Seen {
  method: string
  url: string
  headers: IncomingMessage['headers']
  body: Buffer
}

let server: Server
let origin: string
let seen: Seen[] = []
test.beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { method = '', url = '', headers } = request
      seen.push({ method, url, headers, body: Buffer.concat(chunks) })
      response.setHeader('Content-Type', 'application/json')
      if (url === '/digest' && headers.authorization === undefined)
        response.writeHead(401, { 'www-authenticate': 'Digest realm="r", nonce="n", qop="auth"' })
      response.end('{"taken":true}')
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
test.beforeEach(() => {
  seen = []
})
test.afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const parts = (page: Page): Locator => page.getByRole('tablist', { name: 'Parts of the request' })
async function body(page: Page, kind: string): Promise<void> {
  await parts(page).getByRole('tab', { name: 'Body' }).click()
  await choose(page.getByRole('combobox', { name: 'Body type' }), kind)
}
async function auth(page: Page, kind: string): Promise<void> {
  await page.getByRole('button', { name: /^Auth: / }).click()
  await page.getByRole('menuitemradio', { name: kind, exact: true }).click()
}
async function sent(page: Page, status: RegExp = /^200/): Promise<Seen> {
  await page.keyboard.press('Control+Enter')
  await expect(new RequestPage(page).answer().getByText(status)).toBeVisible()
  return seen.at(-1) as Seen
}

test('files are sent in a form and as they are, and one that is gone is told before', async ({
  home,
  gatehouse,
}) => {
  const { page } = gatehouse
  const folder = openCollection(home, 'runner')
  const photo = join(folder, 'photo.png')
  const bytes = Buffer.from(Array.from({ length: 3_000_000 }, (_, index) => (index * 7) % 251))
  writeFileSync(photo, bytes)
  writeFileSync(
    join(folder, 'upload.yml'),
    `info:
  name: Upload
  type: http
http:
  method: POST
  url: ${origin}/upload
  body:
    type: multipart-form
    data:
      - name: note
        type: text
        value: for you
      - name: photo
        type: file
        value:
          - ${photo}
`,
  )
  await page.getByRole('navigation').getByRole('button', { name: 'Requests' }).click()
  await page.getByRole('tree', { name: 'Collections' }).getByRole('treeitem', { name: 'POST Upload' }).click()
  await parts(page).getByRole('tab', { name: 'Body' }).click()
  await expect(page.getByText('photo.png', { exact: true })).toBeVisible()
  await page.getByRole('textbox', { name: 'Content type of field 2' }).fill('image/x-own')
  // The folder names the file, not the user: nothing goes before that is allowed.
  const allow = page.getByRole('button', { name: 'Allow photo.png to be sent' })
  await expect(allow).toBeVisible()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('alert').getByText(/photo\.png” would be sent/)).toBeVisible()
  expect(seen).toEqual([])
  await allow.click()
  await expect(allow).toBeHidden()
  const form = await sent(page)
  const read = await new Response(new Uint8Array(form.body), {
    headers: { 'content-type': form.headers['content-type'] ?? '' },
  }).formData()
  expect(read.get('note')).toBe('for you')
  const file = read.get('photo') as File
  expect([file.name, file.type, file.size]).toEqual(['photo.png', 'image/x-own', bytes.byteLength])
  await page.keyboard.press('Control+s')
  await expect(() =>
    expect(readFileSync(join(folder, 'upload.yml'), 'utf8')).toContain(
      `        value:\n          - ${photo}\n        contentType: image/x-own\n`,
    ),
  ).toPass()

  await body(page, 'File')
  const path = page.getByRole('textbox', { name: 'File', exact: true })
  await path.fill('/tmp/{{$uuid}}.png')
  await expect(page.getByText(/^{{\$uuid}} is another value each time, so that no file/)).toBeVisible()
  await page.getByRole('textbox', { name: 'File', exact: true }).fill(photo)
  const before = seen.length
  await page.keyboard.press('Control+Enter')
  await expect.poll(() => seen.length).toBe(before + 1)
  const whole = seen.at(-1)
  expect(whole?.headers).toMatchObject({ 'content-type': 'image/png', 'content-length': '3000000' })
  expect(whole?.body.equals(bytes)).toBe(true)

  rmSync(photo)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('alert').getByText(/photo\.png could not be read/)).toBeVisible()
  expect(seen).toHaveLength(before + 1)
})

test('JSON goes without its comments, and GraphQL with its variables', async ({ gatehouse }) => {
  const { page } = gatehouse
  const requests = new RequestPage(page)
  await requests.open()
  await requests.post(`${origin}/json`, '{ // who\n  "name": "a // b" }')
  await expect(requests.answer().getByText(/^200/)).toBeVisible()
  expect(seen.at(-1)?.body.toString()).toBe('{ \n  "name": "a // b" }')
  await page.getByRole('textbox', { name: 'Request body' }).fill('{ "a": 1,\n  // two\n  "b" 2 }')
  await expect(page.getByText(/Not valid JSON: line 3, column 7/)).toBeVisible()

  await choose(page.getByRole('combobox', { name: 'Method' }), 'Other…')
  const method = page.getByRole('textbox', { name: 'Method' })
  await method.fill('a b')
  await page.keyboard.press('Enter')
  await expect(method).toHaveAccessibleDescription(/^Not a method: letters, digits/)
  await method.fill('query_2')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'URL' })).toBeFocused()
  await expect(page.getByRole('combobox', { name: 'Method' })).toHaveText('QUERY_2')

  await choose(page.getByRole('combobox', { name: 'Method' }), 'POST')
  await body(page, 'GraphQL')
  await page
    .getByRole('textbox', { name: 'GraphQL query' })
    .fill('query Q($id: ID!) { user(id: $id) { name } }')
  await page.getByRole('textbox', { name: 'GraphQL variables' }).fill('{ "id": 12345678901234567890 }')
  const graphql = await sent(page)
  expect(graphql.headers['content-type']).toBe('application/json')
  expect(graphql.body.toString()).toBe(
    '{"query":"query Q($id: ID!) { user(id: $id) { name } }","variables":{ "id": 12345678901234567890 }}',
  )
})

test('a request is called with auth by hand, whose secrets are in no file', async ({ home, gatehouse }) => {
  const { page } = gatehouse
  const requests = new RequestPage(page)
  const folder = openCollection(home, 'runner')
  const secret = 'marked words of a user 7712'
  await requests.open()
  await page.getByRole('textbox', { name: 'URL' }).fill(`${origin}/basic`)
  await auth(page, 'Basic')
  await page.getByRole('textbox', { name: 'Username' }).fill('ann')
  await page.getByLabel('Password').fill(secret)
  expect((await sent(page)).headers.authorization).toBe(
    `Basic ${Buffer.from(`ann:${secret}`).toString('base64')}`,
  )
  await expect(page.getByText(secret)).toHaveCount(0)

  await page.getByRole('textbox', { name: 'URL' }).fill(`${origin}/digest`)
  await auth(page, 'Digest')
  expect((await sent(page)).headers.authorization).toMatch(
    /^Digest username="ann", realm="r", uri="\/digest"/,
  )

  await auth(page, 'API key')
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('key')
  await page.getByLabel('Value').fill(secret)
  await choose(page.getByRole('combobox', { name: 'Sent in' }), 'Query')
  await page.getByRole('textbox', { name: 'URL' }).fill(`${origin}/key`)
  expect((await sent(page)).url).toBe(`/key?key=${encodeURIComponent(secret)}`)

  await auth(page, 'Inherited')
  await expect(page.getByText('The auth of the folder or of the collection is used.')).toBeVisible()
  await auth(page, 'No auth')
  await page.getByRole('textbox', { name: 'URL' }).fill(`${origin}/none`)
  expect((await sent(page)).headers.authorization).toBeUndefined()

  await page
    .getByRole('tree', { name: 'Collections' })
    .getByRole('treeitem', { name: 'GET Get Users' })
    .click()
  await new RequestPage(page).expectShown('Get Users')
  await auth(page, 'Basic')
  await page.getByRole('textbox', { name: 'Username' }).fill('ann')
  await page.getByLabel('Password').fill(secret)
  await page.keyboard.press('Control+s')
  const file = join(folder, 'get-users.yml')
  await expect(() => expect(readFileSync(file, 'utf8')).toContain('username: ann')).toPass()
  expect(readFileSync(file, 'utf8')).toMatch(
    / {2}auth:\n {4}type: basic\n {4}username: ann\n {4}password: ""\n/,
  )
  await expect(page.getByLabel('Password')).toHaveValue(secret)
})
