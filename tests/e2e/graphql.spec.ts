import { buildSchema, graphql } from 'graphql'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from './fixtures.ts'
import { RequestPage } from './pages/request-page.ts'
import { violationsOf } from './support/axe.ts'
import { choose } from './support/choose.ts'

const schema = buildSchema(`
  type User { id: ID!, name: String, friends(first: Int): [User!]! }
  type Query { user(id: ID!): User, me: User }
`)

/** What describes it has more than a megabyte: such a response goes to the disk as it comes. */
const large = buildSchema(
  `type Query { first: T0 } ${Array.from({ length: 2_000 }, (_, at) => `type T${at} { id: ID!, name: String, next: T${(at + 1) % 2_000} }`).join(' ')}`,
)

let server: Server
let origin: string
let seen: { authorization: string | undefined; query: string }[] = []
test.beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { query } = JSON.parse(Buffer.concat(chunks).toString()) as { query: string }
      seen.push({ authorization: request.headers.authorization, query })
      response.setHeader('Content-Type', 'application/json')
      if (request.url === '/off') {
        response.writeHead(400).end('{"errors":[{"message":"Introspection is off."}]}')
        return
      }
      const served = request.url === '/large' ? large : schema
      void graphql({ schema: served, source: query, rootValue: { me: { name: 'Ann' } } }).then((result) =>
        response.end(JSON.stringify(result)),
      )
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

test('a query is checked and completed by the schema, once that was asked for with the request’s own auth', async ({
  gatehouse,
}) => {
  const { page } = gatehouse
  const requests = new RequestPage(page)
  await requests.open()
  await choose(page.getByRole('combobox', { name: 'Method' }), 'POST')
  await page.getByRole('textbox', { name: 'URL' }).fill(`${origin}/graphql`)
  await page.getByRole('button', { name: /^Auth: / }).click()
  await page.getByRole('menuitemradio', { name: 'Bearer token', exact: true }).click()
  await page.getByLabel('Token', { exact: true }).fill('by-hand-5512')
  const parts = page.getByRole('tablist', { name: 'Parts of the request' })
  await parts.getByRole('tab', { name: 'Body' }).click()
  await choose(page.getByRole('combobox', { name: 'Body type' }), 'GraphQL')
  const query = page.getByRole('textbox', { name: 'GraphQL query' })
  // The form alone is known before.
  await query.fill('{ me { nam }')
  await expect(page.getByText(/^Line 1: Syntax Error/)).toBeVisible()
  await query.fill('{ me { nam } }')
  await expect(page.getByText(/^Line 1: /)).toHaveCount(0)
  expect(seen).toEqual([])
  await page.getByRole('button', { name: 'Fetch schema' }).click()
  await expect(page.getByText(/^Checked and completed with the schema, \d+ types$/)).toBeVisible()
  expect(seen).toHaveLength(1)
  expect(seen[0]?.authorization).toBe('Bearer by-hand-5512')
  expect(seen[0]?.query).toContain('__schema')
  await expect(page.getByText(/^Line 1: Cannot query field "nam" on type "User"/)).toBeVisible()
  await expect(page.locator('.cm-lintRange-error')).toHaveText('nam')
  expect(await violationsOf(page)).toEqual([])

  await query.fill('{ me { name  } }')
  for (let step = 0; step < 4; step += 1) await page.keyboard.press('ArrowLeft')
  await query.pressSequentially('fri')
  const option = page.getByRole('listbox').getByRole('option', { name: /^friends/ })
  await expect(option).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(query).toContainText('{ me { name friends } }')
  await expect(page.getByText(/^Line 1: Field "friends"/)).toBeVisible()
  // Another address has no schema yet.
  await page.getByRole('textbox', { name: 'URL' }).fill(`${origin}/off`)
  await expect(page.getByText('Without the schema, only the syntax of the query is checked.')).toBeVisible()
  await page.getByRole('button', { name: 'Fetch schema' }).click()
  await expect(page.getByText('No schema. Status 400: the server says: Introspection is off.')).toBeVisible()
  await page.getByRole('textbox', { name: 'URL' }).fill(`${origin}/graphql`)
  await expect(page.getByText(/^Checked and completed with the schema/)).toBeVisible()
  expect(seen).toHaveLength(2)

  await page.getByRole('textbox', { name: 'URL' }).fill(`${origin}/large`)
  await page.getByRole('button', { name: 'Fetch schema' }).click()
  await expect(page.getByText(/^Checked and completed with the schema, 200\d types$/)).toBeVisible()
  await query.fill('{ first { nam } }')
  await expect(page.getByText(/^Line 1: Cannot query field "nam" on type "T0"/)).toBeVisible()
})

test('XML and JSON have their faults at the line, brackets closed and folded, and are formatted', async ({
  gatehouse,
}) => {
  const { page } = gatehouse
  const requests = new RequestPage(page)
  await requests.open()
  const parts = page.getByRole('tablist', { name: 'Parts of the request' })
  await parts.getByRole('tab', { name: 'Body' }).click()
  await choose(page.getByRole('combobox', { name: 'Body type' }), 'XML')
  const body = page.getByRole('textbox', { name: 'Request body' })
  await body.fill('<order>\n<id>{{id}}</id>\n<line>\n</order>')
  await expect(page.getByText('Line 4: An element is not closed before here.')).toBeVisible()
  const format = page.getByRole('button', { name: 'Format' })
  await expect(format).toBeDisabled()
  await body.fill('<order><id>{{id}}</id><line/></order>')
  await format.click()
  await expect(body).toContainText('<order>  <id>{{id}}</id>  <line/></order>')
  await page.keyboard.press('Tab')

  await requests.fillBody('')
  await body.pressSequentially('{"a": [1')
  await expect(body).toHaveText('{"a": [1]}')
  await body.fill('{\n"a": [\n1 2\n]\n}')
  await expect(page.getByText(/^Not valid JSON: line 3, column 3/)).toBeVisible()
  await expect(page.locator('.cm-lintRange-error')).toHaveText('2')
  await body.fill('{\n"a": [\n1\n]\n}')
  await body.press('Control+Home')
  await body.press('Control+Shift+BracketLeft')
  await expect(body).toHaveText('{…}')
  await body.press('Control+Shift+BracketRight')
  await expect(body).toContainText('"a"')
})

test('query and variables are formatted, and nothing in them is lost', async ({ gatehouse }) => {
  const { page } = gatehouse
  const requests = new RequestPage(page)
  await requests.open()
  const parts = page.getByRole('tablist', { name: 'Parts of the request' })
  await parts.getByRole('tab', { name: 'Body' }).click()
  await choose(page.getByRole('combobox', { name: 'Body type' }), 'GraphQL')
  const query = page.getByRole('textbox', { name: 'GraphQL query' })
  const variables = page.getByRole('textbox', { name: 'GraphQL variables' })
  const format = page.getByRole('button', { name: 'Format query' })
  await expect(format).toBeDisabled()
  await query.fill('{ me { id # the number\n friends(first: {{n}}) { id } }')
  await format.click()
  await expect(page.getByText(/^Line 2: Syntax Error/)).toBeVisible()
  await expect(query).toContainText('{ me { id # the number')
  await query.fill('{ me { id # the number\n friends(first: {{n}}) { id } } }')
  await expect(page.getByText(/^Line /)).toHaveCount(0)
  await format.click()
  await expect(query.locator('.cm-line')).toHaveText([
    ...['{', '  me {', '    id # the number', '    friends(first: {{n}}) {', '      id', '    }', '  }', '}'],
  ])
  await variables.fill('{"a":1, // kept\n"b":[1.10]}')
  await page.getByRole('button', { name: 'Format variables' }).click()
  await expect(variables.locator('.cm-line')).toHaveText([
    ...['{', '  "a": 1, // kept', '  "b": [', '    1.10', '  ]', '}'],
  ])
  expect(await violationsOf(page)).toEqual([])
})
