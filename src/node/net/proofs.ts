import { createHash, randomBytes } from 'node:crypto'
import { readChallenges } from '../../core/diagnosis/challenges.ts'
import { answerDigest } from '../../core/http/digest.ts'
import type { CarriedCredential, Proof, WireRequest } from '../../core/http/wire.ts'
import { queryOf, queryOnWire } from '../../core/text/query.ts'
import { hashOfBody } from './sending/send-body.ts'

/** Proves to servers, message by message, that whoever sends has a secret. */
export interface Prover {
  /** The headers of a message with those that prove it; as they are where the server has to ask first. */
  prove: (request: WireRequest, headers: [string, string][]) => Promise<[string, string][]>
  /** Takes the challenges of a 401; whether the message is worth sending again, which is so once. */
  challenged: (headers: readonly (readonly [string, string])[]) => boolean
}

/** Makes what proves a credential's secret; nothing where it is sent itself. `now` in milliseconds. */
export function createProver(
  { proof, text }: CarriedCredential,
  now: () => number = Date.now,
): Prover | undefined {
  if (proof === undefined) return undefined
  return proof.kind === 'digest' ? digestProver(proof, text) : awsProver(proof, text, now)
}

const hashes = { MD5: 'md5', 'SHA-256': 'sha256', 'SHA-512-256': 'sha512-256' } as const

function digestProver({ username }: Extract<Proof, { kind: 'digest' }>, password: string): Prover {
  let asked: ReadonlyMap<string, string>[] | undefined
  return {
    prove: (request, headers) => {
      const { pathname } = new URL(request.url)
      const answers = (asked ?? []).map((parameters) =>
        answerDigest({
          parameters,
          username,
          password,
          method: request.method,
          uri: pathname + queryOnWire(queryOf(request.url)),
          cnonce: randomBytes(16).toString('hex'),
          hash: (name, text) => createHash(hashes[name]).update(text, 'utf8').digest('hex'),
        }),
      )
      // The server names first what it likes most.
      const answer = answers.find((each) => each !== undefined)
      return Promise.resolve(answer === undefined ? headers : [...headers, ['Authorization', answer]])
    },
    challenged: (headers) => {
      if (asked !== undefined) return false
      const fields = headers.filter(([name]) => name.toLowerCase() === 'www-authenticate')
      const { challenges } = readChallenges(fields.map(([, value]) => value))
      const found = challenges.filter(({ scheme }) => scheme === 'digest').map(({ parameters }) => parameters)
      if (found.length === 0) return false
      asked = found
      return true
    },
  }
}

function awsProver(
  { accessKeyId, sessionToken, service, region }: Extract<Proof, { kind: 'awsv4' }>,
  secretAccessKey: string,
  now: () => number,
): Prover {
  return {
    prove: async (request, headers) => {
      const time = new Date(now()).toISOString().replace(/[:-]|\.\d{3}/g, '')
      // A body on the disk is read through for its hash before it is read again to be sent.
      const hash: [string, string][] =
        request.pieces === undefined ? [] : [['X-Amz-Content-Sha256', await hashOfBody(request)]]
      // Loaded with the first request that is signed.
      const { AwsV4Signer } = await import('aws4fetch')
      const signer = new AwsV4Signer({
        method: request.method,
        url: request.url,
        headers: [...headers, ...hash],
        ...(request.body !== undefined && { body: Uint8Array.from(request.body) }),
        accessKeyId,
        secretAccessKey,
        datetime: time,
        ...(sessionToken !== '' && { sessionToken }),
        ...(service !== '' && { service }),
        ...(region !== '' && { region }),
      })
      const signed = await signer.sign()
      const made = new Map(
        [...signed.headers].map(([name, value]): [string, string] => [name.toLowerCase(), value]),
      )
      const added = ['X-Amz-Date', 'X-Amz-Security-Token', 'X-Amz-Content-Sha256', 'Authorization'].flatMap(
        (name): [string, string][] => {
          const value = made.get(name.toLowerCase())
          return value === undefined ? [] : [[name, value]]
        },
      )
      const names = new Set(added.map(([name]) => name.toLowerCase()))
      return [...headers.filter(([name]) => !names.has(name.toLowerCase())), ...added]
    },
    challenged: () => false,
  }
}
