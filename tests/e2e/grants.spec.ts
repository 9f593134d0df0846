import { join } from 'node:path'
import type { JWK } from 'jose'
import { makeSigningKey, publicHalf } from '../../src/core/oauth/client/signing-key.ts'
import { startStrictProvider, useDeviceCode, type StrictProvider } from '../support/strict-provider.ts'
import { scanForSecrets } from '../support/scan.ts'
import { expect, test } from './fixtures.ts'
import { choose } from './support/choose.ts'

/** Pictures for whoever changes these screens; taken only when asked for. */
const shots = process.env['GATEHOUSE_GRANT_SHOTS']
const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code'
const jwtBearer = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
let strict: StrictProvider
let robotKey: JWK

test.beforeEach(async () => {
  const made = await makeSigningKey({ generate: 'EdDSA' })
  if (!made.ok) throw new Error(made.error.message)
  robotKey = made.value
  strict = await startStrictProvider({
    clients: [
      {
        client_id: 'robot',
        token_endpoint_auth_method: 'private_key_jwt',
        token_endpoint_auth_signing_alg: 'EdDSA',
        jwks: { keys: [publicHalf(robotKey)] },
        redirect_uris: [],
        response_types: [],
        grant_types: [jwtBearer],
        scope: 'read',
      },
      {
        client_id: 'device-app',
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        redirect_uris: [],
        response_types: [],
        grant_types: [deviceGrant, 'refresh_token'],
        scope: 'openid offline_access read',
        dpop_bound_access_tokens: true,
      },
      {
        client_id: 'service',
        token_endpoint_auth_method: 'client_secret_basic',
        client_secret: 'a-client-secret-of-more-than-thirty-two-characters',
        redirect_uris: [],
        response_types: [],
        grant_types: ['client_credentials'],
        scope: 'read',
      },
    ],
    demand: { nonces: true },
  })
})
test.afterEach(() => strict.stop())

test('signs in with a device code, its tokens bound to a key', async ({ workbench }) => {
  const { page } = workbench
  const shot = async (name: string) => {
    if (shots) await page.screenshot({ path: join(shots, `${name}.png`) })
  }
  await page.getByRole('button', { name: 'Connect', exact: true }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: /^Issuer/ }).fill(strict.issuer)
  await dialog.getByRole('button', { name: 'Discover' }).click()
  await dialog.getByText('authorization code').first().waitFor()
  await dialog.getByRole('textbox', { name: /^Client ID/ }).fill('device-app')
  await dialog.getByRole('textbox', { name: /^Scope/ }).fill('openid offline_access')
  await shot('connect')
  await dialog.getByText(/^Advanced/).click()
  await dialog.getByRole('combobox', { name: /^Grant/ }).scrollIntoViewIfNeeded()
  await shot('advanced-browser')
  await choose(dialog.getByRole('combobox', { name: /^Grant/ }), 'Sign in on another device (device code)')
  await dialog.getByRole('switch', { name: /Bind tokens to a key/ }).check()
  await shot('advanced-device')
  await dialog.getByRole('button', { name: 'Connect', exact: true }).click()
  await page.getByRole('button', { name: 'Get a code', exact: true }).click()
  const panel = page.getByRole('region', { name: /^Device code for/ })
  await expect(panel.getByRole('img', { name: /^QR code/ })).toBeVisible()
  const code = await panel.getByLabel(/^Code /).innerText()
  await shot('device-code')
  await useDeviceCode(`${strict.issuer}/device?user_code=${code}`)
  await workbench.expectSignedIn('alice')
  await expect(page.getByText('device code', { exact: false }).first()).toBeVisible()
  await shot('device-account')
})

test('gets a token for the client itself, and finds the connection again', async ({
  gatehouse,
  launch,
  workbench,
}) => {
  const { page } = workbench
  await page.getByRole('button', { name: 'Connect', exact: true }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: /^Issuer/ }).fill(strict.issuer)
  await dialog.getByRole('textbox', { name: /^Client ID/ }).fill('service')
  await choose(
    dialog.getByRole('combobox', { name: /^Client authentication/ }),
    'Secret in the Authorization header (basic)',
  )
  await dialog
    .getByRole('textbox', { name: /^Client secret/ })
    .fill('a-client-secret-of-more-than-thirty-two-characters')
  await dialog.getByRole('textbox', { name: /^Scope/ }).fill('read')
  await dialog.getByRole('textbox', { name: /^Resource/ }).fill(strict.api)
  await dialog.getByText(/^Advanced/).click()
  await choose(dialog.getByRole('combobox', { name: /^Grant/ }), 'Client credentials')
  await dialog.getByRole('button', { name: 'Connect', exact: true }).click()
  await page.getByRole('button', { name: 'Get a token', exact: true }).click()
  await workbench.expectSignedIn('service')
  // What the connection asks for beyond the common path has to be read before the first picture.
  await gatehouse.close()
  const { page: next } = await launch()
  await expect(next.getByRole('complementary', { name: 'List' }).getByText('service').first()).toBeVisible()
})

test('signs an assertion with an imported key, and shows only its public half', async ({
  home,
  workbench,
}) => {
  const { page } = workbench
  const shot = async (name: string) => {
    if (shots) await page.screenshot({ path: join(shots, `${name}.png`) })
  }
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.getByRole('button', { name: 'Connect', exact: true }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: /^Issuer/ }).fill(strict.issuer)
  await dialog.getByRole('textbox', { name: /^Client ID/ }).fill('robot')
  await dialog.getByRole('textbox', { name: /^Scope/ }).fill('read')
  await dialog.getByRole('textbox', { name: /^Resource/ }).fill(strict.api)
  await choose(
    dialog.getByRole('combobox', { name: /^Client authentication/ }),
    'JWT signed with a key (private_key_jwt)',
  )
  await dialog.getByText('Import', { exact: true }).click()
  await dialog.getByRole('textbox', { name: /^Private key/ }).fill(JSON.stringify(robotKey))
  await shot('key-dark')
  await dialog.getByText(/^Advanced/).click()
  await choose(dialog.getByRole('combobox', { name: /^Grant/ }), 'JWT bearer assertion')
  await dialog.getByRole('button', { name: 'Connect', exact: true }).click()
  const panel = page.getByRole('region', { name: 'Get a token' })
  await panel.getByRole('textbox', { name: /^Subject/ }).fill('carol')
  await shot('direct-dark')
  await panel.getByRole('button', { name: 'Get a token' }).click()
  await workbench.expectSignedIn('carol')
  expect(await page.content()).not.toContain(robotKey.d)
  expect(await scanForSecrets(home.profile, { key: robotKey.d ?? '' })).toEqual([])
})
