import { createHmac } from 'node:crypto'
import { expect, test } from './fixtures.ts'

test('makes a token with a secret and reads it back', async ({ workbench }) => {
  const { page } = workbench
  await page.getByRole('navigation').getByRole('button', { name: 'Token bench' }).click()
  await page.getByRole('radio', { name: 'Make' }).check({ force: true })
  await expect(page.getByRole('textbox', { name: 'Payload' })).toContainText('user_id')
  await page.getByRole('textbox', { name: 'Key or secret' }).fill('a-secret-of-mine')
  await page.getByRole('button', { name: 'Sign', exact: true }).click()
  const made = page.getByRole('textbox', { name: 'Signed token' })
  await expect(made).toHaveValue(/^eyJ[\w-]+\.[\w-]+\.[\w-]+$/)

  await page.getByRole('button', { name: 'Read it with this key' }).click()
  await expect(page.getByRole('combobox', { name: 'Check as' })).toHaveText('Plain JWT')
  const checks = page.getByRole('region', { name: 'Checks' })
  await expect(checks).toContainText('a shared secret of 16 bytes')
  await expect(checks.getByText('invalid', { exact: true })).toHaveCount(0)
  await expect(page.getByRole('table', { name: 'Claims' })).toContainText('42')

  await page.getByRole('textbox', { name: 'Key or secret' }).fill('another-secret')
  await expect(checks).toContainText('signed with a different secret')
  await expect(checks.getByText('invalid', { exact: true })).toHaveCount(1)

  await page.getByRole('textbox', { name: 'Key or secret' }).fill('a-secret-of-mine')
  await page.getByText('What if').click()
  await page.getByLabel('Time', { exact: true }).fill('2099-01-01T00:00:00')
  const glance = page.getByRole('region', { name: 'At a glance' })
  await expect(glance).toContainText('Expired')
  await expect(glance).not.toContainText('left')
  await page.getByRole('textbox', { name: 'Expected audience' }).fill('https://api.example')
  await expect(checks).toContainText('you expect https://api.example')
  await page.getByRole('button', { name: 'Clear assumptions' }).click()
  await expect(glance).not.toContainText('Expired')
})

test('reads a token and a key from files, and signed data with its detached payload', async ({
  workbench,
}) => {
  const { page } = workbench
  await page.getByRole('navigation').getByRole('button', { name: 'Token bench' }).click()
  const part = (value: string): string => Buffer.from(value).toString('base64url')
  const secret = 'a-secret-in-a-file'
  const sign = (head: string, payload: string): string =>
    createHmac('sha256', secret).update(`${head}.${payload}`).digest('base64url')
  const head = part('{"alg":"HS256"}')
  const payload = part('{"user_id":42}')
  const chosen = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Open a file' }).click()
  await (
    await chosen
  ).setFiles({
    name: 'token.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from(`${head}.${payload}.${sign(head, payload)}\n`),
  })
  await expect(page.getByRole('table', { name: 'Claims' })).toContainText('42')

  const files = await page.evaluateHandle((text) => {
    const data = new DataTransfer()
    data.items.add(new File([text], 'secret.txt', { type: 'text/plain' }))
    return data
  }, secret)
  await page.getByRole('textbox', { name: 'Key or secret' }).dispatchEvent('drop', { dataTransfer: files })
  const glance = page.getByRole('region', { name: 'At a glance' })
  await expect(glance).toContainText('Valid')

  // RFC 7797: signed as it is, and not in the token.
  const plain = part('{"alg":"HS256","b64":false,"crit":["b64"]}')
  await page.getByRole('textbox', { name: 'Token to decode' }).fill(`${plain}..${sign(plain, '$.02')}`)
  await expect(glance).toContainText('Payload is elsewhere')
  await page.getByRole('textbox', { name: 'Detached payload' }).fill('$.02')
  await expect(glance).toContainText('Valid')
  await page.getByRole('textbox', { name: 'Detached payload' }).fill('$.03')
  await expect(glance).toContainText('Invalid signature')
})

test('tries common secrets on a token, and checks it with the one that fits', async ({ workbench }) => {
  const { page } = workbench
  await page.getByRole('navigation').getByRole('button', { name: 'Token bench' }).click()
  const field = page.getByRole('textbox', { name: 'Token to decode' })
  const judge = page.getByRole('group', { name: 'How to check it' })
  await field.fill(signedWith('Password123'))
  await judge.getByRole('button', { name: 'Try common secrets' }).click()
  await expect(judge).toContainText('anyone can guess it')
  await expect(page.getByRole('textbox', { name: 'Key or secret' })).toHaveValue('Password123')
  await expect(page.getByRole('region', { name: 'Checks' })).toContainText('a shared secret of 11 bytes')

  await field.fill(signedWith('kQ8v1Zr0pTn5Wc3xLs7yBd2hGf9mJu4e'))
  await expect(judge).not.toContainText('anyone can guess it')
  await judge.getByRole('button', { name: 'Try common secrets' }).click()
  await expect(judge).toContainText(/None of [1-9],\d\d\d common secrets matches/)
})

/** A token signed with HS256 as RFC 7515 appendix A.1 does it, by Node alone. */
function signedWith(secret: string): string {
  const signed = ['{"alg":"HS256"}', '{"user_id":42}']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.')
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}

test('says at a glance what it is, and marks a defect at its place', async ({ workbench }) => {
  const { page } = workbench
  await page.getByRole('navigation').getByRole('button', { name: 'Token bench' }).click()
  const header = Buffer.from('{"alg":"HS256"}').toString('base64url')
  const payload = Buffer.from('{"user_id":42,"exp":1}').toString('base64url')
  const field = page.getByRole('textbox', { name: 'Token to decode' })
  const glance = page.getByRole('region', { name: 'At a glance' })

  await field.fill(`curl -H 'Authorization: Bearer ${header}.${payload}.c2ln' https://api.example`)
  await expect(glance).toContainText('Plain JWT')
  await expect(glance).toContainText('Expired')
  await expect(glance).toBeInViewport({ ratio: 1 })

  await field.fill(`${header}.${payload}.c2ln=`)
  await expect(glance).toContainText('Not a valid token')
  const defects = page.getByRole('list', { name: 'Defects in the text' })
  await expect(defects).toContainText('Padding (=) is not allowed')
  await defects.getByRole('button').click()
  const selected = await field.evaluate((area: HTMLTextAreaElement) =>
    area.value.slice(area.selectionStart, area.selectionEnd),
  )
  expect(selected).toBe('=')
  await expect(page.getByRole('table', { name: 'Claims' })).toContainText('user_id')
})

test('draws a token of 1,900 claims a hundred at a time', async ({ workbench }) => {
  const { page } = workbench
  await page.getByRole('navigation').getByRole('button', { name: 'Token bench' }).click()
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const claims = Object.fromEntries(Array.from({ length: 1_900 }, (_, index) => [`claim${index}`, index]))
  const field = page.getByRole('textbox', { name: 'Token to decode' })
  await field.fill(`${part({ alg: 'HS256' })}.${part(claims)}.c2ln`)
  const rows = page.getByRole('table', { name: 'Claims' }).locator('tbody tr')
  await expect(rows).toHaveCount(100)
  await page.getByRole('button', { name: 'Show 100 of 1800 more' }).click()
  await expect(rows).toHaveCount(200)
})

test('makes a key, signs with it, encrypts to it and reads both back', async ({ workbench }) => {
  const { page } = workbench
  await page.getByRole('navigation').getByRole('button', { name: 'Token bench' }).click()
  const task = (name: string) => page.getByRole('radio', { name }).check({ force: true })
  await task('Key ring')
  const making = page.getByRole('group', { name: 'Make a key' })
  for (const [kind, name] of [
    ['EC P-256 (ES256)', 'signing'],
    ['OKP X25519 (encryption)', 'reading'],
  ] as const) {
    await making.getByRole('combobox', { name: 'Kind of key' }).click()
    await page.getByRole('option', { name: kind }).click()
    await making.getByRole('textbox', { name: 'Name' }).fill(name)
    await making.getByRole('button', { name: 'Make key' }).click()
    await expect(page.getByRole('textbox', { name: `Name of ${name}` })).toBeVisible()
  }

  await task('Make')
  await page.getByRole('combobox', { name: 'Key from' }).click()
  await page.getByRole('option', { name: 'signing' }).click()
  await page.getByText('Format, encryption and disclosures').click()
  await page.getByRole('switch', { name: 'Encrypt' }).check()
  const recipient = page.getByRole('group', { name: 'Recipient' })
  await recipient.getByRole('combobox', { name: 'Key from' }).click()
  await page.getByRole('option', { name: 'reading' }).click()
  await page.getByRole('button', { name: 'Sign and encrypt' }).click()
  await expect(page.getByRole('textbox', { name: 'Encrypted token' })).toHaveValue(
    /^eyJ[\w-]+\.[\w-]*\.[\w-]+\.[\w-]+\.[\w-]+$/,
  )

  await page.getByRole('button', { name: 'Read it' }).click()
  const checks = page.getByRole('region', { name: 'Checks' })
  await expect(checks).toContainText('Decrypted with the key given')
  await expect(page.getByRole('region', { name: 'Encryption header: ECDH-ES, A256GCM' })).toBeVisible()
  await expect(page.getByRole('table', { name: 'Claims' })).toContainText('user_id')
})
