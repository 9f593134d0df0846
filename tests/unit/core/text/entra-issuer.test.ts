import { expect, it } from 'vitest'
import { entraV1Issuer } from '../../../../src/core/text/entra-issuer.ts'

it.each([
  ['https://login.microsoftonline.com/t/v2.0', 'https://sts.windows.net/t/'],
  ['https://login.microsoftonline.com/{tenantid}/v2.0', 'https://sts.windows.net/{tenantid}/'],
  ['https://login.microsoftonline.us/t/v2.0', 'https://sts.windows.net/t/'],
  ['https://login.partner.microsoftonline.cn/t/v2.0', 'https://sts.chinacloudapi.cn/t/'],
  ['https://login.microsoftonline.com/t', undefined],
  ['https://login.microsoftonline.com/t/x/v2.0', undefined],
  ['https://login.microsoftonline.com.evil.example/t/v2.0', undefined],
  ['http://login.microsoftonline.com/t/v2.0', undefined],
  ['https://id.example/t/v2.0', undefined],
])('%s also issues as %s', (issuer, v1) => {
  expect(entraV1Issuer(issuer)).toBe(v1)
})
