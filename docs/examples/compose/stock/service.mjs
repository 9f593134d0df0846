// An API that protects itself with the playground's tokens (RFC 9068, RFC 6750).
import { createServer } from 'node:http'
import { createRemoteJWKSet, jwtVerify } from 'jose'

const { ISSUER = '', JWKS = '', AUDIENCE = '', HOST = '127.0.0.1', PORT = '8080' } = process.env
const keys = createRemoteJWKSet(new URL(JWKS))

/** The claims of a token that this API accepts; throws otherwise. */
async function judge(authorization = '') {
  const [, token = ''] = /^Bearer +(\S+)$/i.exec(authorization) ?? []
  const { payload } = await jwtVerify(token, keys, { issuer: ISSUER, audience: AUDIENCE, typ: 'at+jwt' })
  return payload
}

const server = createServer(async (request, response) => {
  const answer = (status, body, headers = {}) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
  try {
    const claims = await judge(request.headers.authorization)
    const scopes = String(claims.scope ?? '').split(' ')
    if (!scopes.includes('stock:read'))
      return answer(403, {}, { 'www-authenticate': 'Bearer error="insufficient_scope", scope="stock:read"' })
    answer(200, { apples: 12, for: claims.sub })
  } catch {
    const challenge = request.headers.authorization ? 'Bearer error="invalid_token"' : 'Bearer'
    answer(401, {}, { 'www-authenticate': challenge })
  }
})
server.listen(Number(PORT), HOST, () => console.log(JSON.stringify({ ready: server.address().port })))
process.once('SIGTERM', () => server.close())
