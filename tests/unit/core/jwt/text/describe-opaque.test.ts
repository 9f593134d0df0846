import { describe, expect, it } from 'vitest'
import { describeOpaque } from '../../../../../src/core/jwt/text/describe-opaque.ts'

const long = 'Zz-Zz-Zz-Zz-Zz-Zz-Zz-Zz'
const unknown = 'Only its issuer can read it.'
const uuid = '1b4e28ba-2fa1-11d2-883f-0016d3cca427'

describe('describeOpaque', () => {
  it.each([
    ...['o', 'p', 'r', 's', 'u'].map((letter) => [`gh${letter}_${long}`, 'A GitHub token']),
    [`github_pat_${long}`, 'A GitHub token'],
    ...['pat', 'oas', 'rt', 'cbt', 'dt'].map((part) => [`gl${part}-${long}`, 'A GitLab token']),
    ...['a', 'b', 'e', 'p', 'r', 's'].map((letter) => [`xox${letter}-${long}`, 'A Slack token']),
    [`xapp-${long}`, 'A Slack token'],
    [`ya29.${long}`, 'A Google access token'],
    [`1//0${long}`, 'A Google refresh token'],
    [`EAA7${long}`, 'A Facebook token'],
    [`sk_live_${long}`, 'A Stripe key'],
    [`rk_test_${long}`, 'A Stripe key'],
    [`npm_${long}`, 'An npm token'],
    ...['ptt', 'ft', 'soat', 'agent', 'imt', 'ffct', 'rtr', 'wt'].map((part) => [
      `gl${part}-${long}`,
      'A GitLab token',
    ]),
    [`GR1348941${long}`, 'A GitLab token'],
    [`xoxc-${long}`, 'A Slack token'],
    [`xoxe.xoxp-1-${long}`, 'A Slack token'],
    ['https://hooks.slack.com/services/T0/B0/x', 'A Slack webhook'],
    [`4/0A${long}`, 'A Google authorization code'],
    [`AIza${'x'.repeat(35)}`, 'A Google API key'],
    [`GOCSPX-${long}`, 'A Google client secret'],
    [`pk_live_${long}`, 'A Stripe publishable key'],
    [`whsec_${long}`, 'A webhook secret'],
    ['AKIAIOSFODNN7EXAMPLE', 'An AWS access key ID'],
    ['ASIAIOSFODNN7EXAMPLE', 'A temporary AWS access key ID'],
    [`IQoJ${'b'.repeat(60)}`, 'An AWS session token'],
    [`FwoG${'b'.repeat(60)}`, 'An AWS session token'],
    [`pypi-${long}`, 'A PyPI token'],
    [`dckr_pat_${long}`, 'A Docker Hub token'],
    ...['at', 'ca', 'pa', 'ss'].map((part) => [`shp${part}_${long}`, 'A Shopify token']),
    [`SG.${long}.${long}`, 'A SendGrid API key'],
    [`hf_${long}`, 'A Hugging Face token'],
    [`sk-ant-${long}`, 'An Anthropic API key'],
    [`sk-proj-${long}`, 'An OpenAI API key'],
    [`sk-${'a'.repeat(48)}`, 'An OpenAI API key'],
    [`gsk_${long}`, 'An API key of an AI service'],
    [`dop_v1_${long}`, 'A DigitalOcean token'],
    [`hvs.${long}`, 'A HashiCorp Vault token'],
    [`abcdefghijklmn.atlasv1.${long}`, 'A Terraform Cloud token'],
    [`ATATT3${long}`, 'An Atlassian token'],
    [`lin_api_${long}`, 'A Linear token'],
    [`ntn_${'a'.repeat(43)}`, 'A Notion token'],
    [`PMAK-${long}`, 'A Postman API key'],
    [`dapi${'0'.repeat(32)}`, 'A Databricks token'],
    [`sbp_${long}`, 'A Supabase key'],
    [`sq0atp-${long}`, 'A Square token'],
    [`glsa_${long}`, 'A Grafana token'],
    [`oy2${'a'.repeat(43)}`, 'A NuGet key'],
    [`rubygems_${long}`, 'A RubyGems key'],
    [`cio${'a'.repeat(32)}`, 'A crates.io token'],
    [`EwB${'a'.repeat(60)}`, 'A Microsoft account token'],
    [`00Dxx0000001gPL!${long}`, 'A Salesforce session'],
    ['0.AbCdEfGh_jKlMnOp-r012', 'A Microsoft refresh token'],
    ['1.AbCdEfGh_jKlMnOp-r012', 'A Microsoft refresh token'],
    [`v1.local.${long}`, 'A PASETO, encrypted'],
    [`v4.public.${long}`, 'A PASETO, signed'],
    [`PHNhbW${long}`, 'A SAML assertion'],
    [`PD94bWw${long}`, 'A SAML assertion'],
    ['Basic YWxhZGRpbjpvcGVuc2VzYW1l', 'Credentials of HTTP Basic authentication'],
    ['basic\tYWxhZGRpbjpvcGVuc2VzYW1l', 'Credentials of HTTP Basic authentication'],
    ['-----BEGIN CERTIFICATE-----', 'A key or certificate in PEM form'],
    ['http://api.example/orders', 'An address'],
    ['HTTPS://api.example/orders', 'An address'],
    [uuid, 'In the format of a UUID'],
    [uuid.toUpperCase(), 'In the format of a UUID'],
    ['00112233445566778899aAbBcCdDeEfF', 'Hexadecimal digits'],
  ])('knows %s by its look, at its beginning alone', (text = '', words) => {
    expect(describeOpaque(text)).toMatch(new RegExp(`^Only its issuer can read it\\. ${words}\\b.*\\.$`))
    expect(describeOpaque(`,${text}`)).toBe(unknown)
  })

  it.each([
    `ghx_${long}`,
    `glxx-${long}`,
    `xoxz-${long}`,
    `sk-${'a'.repeat(10)}-and more`,
    'SG.short.one-of-no-length',
    `xk_live_${long}`,
    `sk_dead_${long}`,
    `EAA-${long}`,
    '2.AbCdEfGh_jKlMnOp-r012',
    '0.AbCdEfGh_jKlMnOp-r01',
    '0.AbCdEfGh.jKlMnOp-r012',
    `v5.local.${long}`,
    `v0.public.${long}`,
    'BasicYWxhZGRpbjpvcGVuc2VzYW1l',
    'ftp://api.example/orders/1',
    `${uuid}0`,
    uuid.replace('1b4e', '1b4g'),
    '00112233445566778899aAbBcCdDeEfG',
  ])('does not take %s for what it resembles', (text) => {
    expect(describeOpaque(text)).toBe(unknown)
  })

  it('does not count the characters of what is known', () => {
    expect(describeOpaque('AKIAIOSFODNN7EXAMPLE')).not.toContain('guessed')
    expect(describeOpaque('deadbeef')).toContain('guessed')
  })

  it('says who can read it, by what it is used as', () => {
    expect(describeOpaque(long, 'access')).toMatch(/introspection, RFC 7662\)\.$/)
    expect(describeOpaque(long, 'refresh')).toMatch(/^Only the provider can read it/)
    expect(describeOpaque(long, 'id')).toMatch(/^Not a JWT, although an ID token must be one/)
  })

  it.each([
    ['z', 1],
    ['zz', 2],
    ['Az09._~+/=-zzzzzzzzzz', 21],
  ])('warns of %s: %d characters can be guessed', (text, count) => {
    expect(describeOpaque(text)).toBe(
      `${unknown} Short enough to be guessed: it has ${count} characters, and 128 random bits need 22 (RFC 6749 section 10.10).`,
    )
  })

  it.each(['zzzzzzzzzzzzzzzzzzzzzz', '', 'two words', ' z', 'z ', 'é'])(
    'does not count the characters of %j, which is long enough or no token',
    (text) => {
      expect(describeOpaque(text)).toBe(unknown)
    },
  )
})
