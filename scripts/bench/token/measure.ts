/** Runs in Electron's Node: decodes and inspects a usual token and one of 1 MB as the bench does, and beside it what cannot
 *  be done without: base64url and `JSON.parse`, and bare jose. Prints one line of JSON, in milliseconds. */
import { compactVerify, exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose'
import { inspectToken } from '../../../src/core/jwt/explain/inspect-token.ts'
import { readGivenKey } from '../../../src/core/jwt/keys/given-key.ts'
import { decodeToken } from '../../../src/core/jwt/text/decode.ts'
import { findTokens } from '../../../src/core/jwt/text/find-tokens.ts'
import { textParts } from '../../../src/core/jwt/text/text-parts.ts'
import { readChain } from '../../../src/node/crypto/read-chain.ts'
import { readPem } from '../../../src/node/crypto/read-pem.ts'
import { writePem } from '../../../src/node/crypto/write-pem.ts'

const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true })
const jwk = { ...(await exportJWK(publicKey)), alg: 'ES256' }
const keyText = JSON.stringify(jwk)
const verifying = await importJWK(jwk, 'ES256')
const read = readGivenKey({ text: keyText }, readPem)
if (!read.ok) throw new Error(read.error.message)
const given = read.value

const now = Date.now()
async function tokenOf(claims: object): Promise<string> {
  return new SignJWT({ iss: 'https://id.example', aud: 'https://api.example', sub: 'alice', ...claims })
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'one' })
    .setIssuedAt(now / 1000)
    .setExpirationTime('1h')
    .sign(privateKey)
}
const usual = {
  client_id: 'my-client',
  jti: 'b6f1b1f2',
  scope: 'orders:read orders:write',
  roles: ['a', 'b', 'c'],
}
/** A megabyte in 1,900 claims: more would be refused. */
const many = Object.fromEntries(Array.from({ length: 1_900 }, (_, at) => [`claim_${at}`, 'x'.repeat(390)]))

/** Milliseconds of each run, after some that do not count. */
async function timesOf(runs: number, work: () => unknown): Promise<number[]> {
  const times: number[] = []
  for (let run = -3; run < runs; run += 1) {
    const from = performance.now()
    await work()
    if (run >= 0) times.push(performance.now() - from)
  }
  return times
}

async function measure(text: string, runs: number) {
  const decode = (part = ''): unknown => JSON.parse(Buffer.from(part, 'base64url').toString())
  const [found] = findTokens(text)
  if (found?.text !== text) throw new Error('the token was not found')
  return {
    bytes: text.length,
    bare: await timesOf(runs, () => text.split('.', 2).map(decode)),
    decode: await timesOf(runs, () => decodeToken(text)),
    inspect: await timesOf(runs, async () => {
      const [{ text: piece = '' } = {}] = findTokens(text)
      textParts(text, piece, decodeToken(piece))
      return inspectToken(piece, { now, readChain })
    }),
    jose: await timesOf(runs, () => compactVerify(text, verifying)),
    verify: await timesOf(runs, () =>
      inspectToken(text, { now, readChain, key: { given, text: keyText, writePem } }),
    ),
  }
}

const measured = {
  usual: await measure(await tokenOf(usual), 300),
  megabyte: await measure(await tokenOf(many), 15),
}
process.stdout.write(`${JSON.stringify(measured)}\n`)
