/** The client of the sample, by which it is known again. */
const sampleKey = 'sample-signed-by-no one'

/** An access token as RFC 9068 has it, half an hour old at `now`; its signature is that of no one. */
export function sampleToken(now: number): string {
  const seconds = Math.floor(now / 1000)
  const header = { typ: 'at+jwt', alg: 'RS256', kid: sampleKey }
  const claims = {
    iss: 'https://sample.example',
    aud: 'https://api.sample.example',
    sub: '8a2c1f04-sample-account',
    client_id: 'sample-client',
    scope: 'openid profile orders:read',
    roles: ['customer'],
    iat: seconds - 1_800,
    exp: seconds + 1_800,
    jti: 'sample-1',
  }
  return `${segment(header)}.${segment(claims)}.${'c2FtcGxl'.repeat(42)}AAAAAA`
}

/** Whether this is such a sample. */
export function isSample(text: string): boolean {
  return text.startsWith(segment({ typ: 'at+jwt', alg: 'RS256', kid: sampleKey }))
}

function segment(value: object): string {
  return btoa(JSON.stringify(value)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
