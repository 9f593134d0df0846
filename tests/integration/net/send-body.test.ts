import { createHash } from 'node:crypto'
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { encodeBody } from '../../../src/core/http/request-body.ts'
import type { CarriedCredential, WireRequest } from '../../../src/core/http/wire.ts'
import { createRequestEngine } from '../../../src/node/net/send.ts'
import type { SendOptions } from '../../../src/node/net/sending/send-options.ts'
import { deadAddress, serve } from './server.ts'

const mebibyte = 1_048_576

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'gatehouse-body-'))
  onTestFinished(() => rm(made, { recursive: true, force: true }))
  return made
}
async function fileOf(bytes: Uint8Array | string, name = 'a.bin'): Promise<string> {
  const path = join(await folder(), name)
  await writeFile(path, bytes)
  return path
}
async function send(url: string, part: Partial<WireRequest>, options: SendOptions = {}) {
  const engine = createRequestEngine()
  onTestFinished(() => engine.close())
  return engine.send({ method: 'POST', url, headers: [], ...part }, options)
}
async function digestOf(request: IncomingMessage): Promise<{ size: number; hash: string }> {
  const hash = createHash('sha256')
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    hash.update(chunk)
    size += chunk.byteLength
  }
  return { size, hash: hash.digest('hex') }
}

describe('a body from the disk', () => {
  it('is sent as it is, with its length, as it is read: memory does not grow with it', async () => {
    const path = await fileOf('')
    // A sparse file: large without taking place on the disk.
    await truncate(path, 200 * mebibyte)
    let got: { size: number; length: string | undefined } | undefined
    const url = await serve((request, response) => {
      let size = 0
      request.on('data', (chunk: Buffer) => {
        size += chunk.byteLength
      })
      request.on('end', () => {
        got = { size, length: request.headers['content-length'] }
        response.end('done')
      })
    })
    const before = process.memoryUsage().rss
    let highest = before
    const told: [number, number][] = []
    const result = await send(
      url,
      { pieces: [{ file: path }] },
      {
        onSent: (sent, total) => {
          highest = Math.max(highest, process.memoryUsage().rss)
          told.push([sent, total])
        },
      },
    )
    expect(got).toEqual({ size: 200 * mebibyte, length: String(200 * mebibyte) })
    expect(result).toMatchObject({ ok: true, value: { status: 200, bodySent: 200 * mebibyte } })
    expect(told.at(-1)).toEqual([200 * mebibyte, 200 * mebibyte])
    expect(highest - before).toBeLessThan(100 * mebibyte)
  })

  it('is a multipart form whose files come whole', async () => {
    const path = await fileOf(Buffer.from([0, 255, 13, 10, 45, 45]), 'ü.bin')
    const body = encodeBody(
      {
        kind: 'multipart',
        parts: [
          { name: 'note', value: 'x', enabled: true },
          { name: 'file', value: '', enabled: true, files: [path] },
        ],
      },
      () => 'b0undary',
      [],
    )
    if (!body.ok || body.value === undefined || !('pieces' in body.value)) throw new Error('no pieces')
    let form: FormData | undefined
    const { contentType, pieces } = body.value
    const url = await serve((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const read = new Response(Buffer.concat(chunks), { headers: { 'content-type': contentType } })
        void read.formData().then((parsed) => {
          form = parsed
          response.end()
        })
      })
    })
    expect(await send(url, { pieces, headers: [['Content-Type', contentType]] })).toMatchObject({ ok: true })
    expect(form?.get('note')).toBe('x')
    const file = form?.get('file') as File
    expect([file.name, file.type]).toEqual(['ü.bin', 'application/octet-stream'])
    expect(Buffer.from(await file.arrayBuffer())).toEqual(Buffer.from([0, 255, 13, 10, 45, 45]))
  })

  it('that is missing or no file is told before anything is sent', async () => {
    let asked = 0
    const url = await serve((_request, response) => {
      asked += 1
      response.end()
    })
    const there = await fileOf('x')
    for (const file of [join(await folder(), 'gone.bin'), await folder()]) {
      const result = await send(url, { pieces: [{ file: there }, { file }] })
      expect(result).toMatchObject({ ok: false, error: { code: 'body_file_unreadable' } })
      if (!result.ok) expect(result.error.message).toContain(file)
    }
    expect(asked).toBe(0)
    const dead = await send(await deadAddress(), { pieces: [{ file: there }] })
    expect(dead).toMatchObject({ ok: false, error: { code: 'network_refused' } })
  })

  it('that becomes shorter while it is sent is told', async () => {
    const path = await fileOf(new Uint8Array(8 * mebibyte))
    const url = await serve((request) => {
      request.once('data', () => {
        request.pause()
        void truncate(path, 70_000).then(() => request.resume())
      })
    })
    const result = await send(url, { pieces: [{ file: path }] })
    expect(result).toMatchObject({ ok: false, error: { code: 'body_file_changed' } })
  })

  it('is sent again after a redirect to the same server, and stopped when asked', async () => {
    const path = await fileOf('the content')
    const seen: string[] = []
    const url = await serve((request, response) => {
      void digestOf(request).then(({ hash }) => {
        seen.push(hash)
        if (request.url === '/') response.writeHead(307, { location: '/two' }).end()
        else response.end()
      })
    })
    expect(await send(url, { pieces: [{ file: path }] })).toMatchObject({ ok: true, value: { status: 200 } })
    const hash = createHash('sha256').update('the content').digest('hex')
    expect(seen).toEqual([hash, hash])

    const large = await fileOf('')
    await truncate(large, 500 * mebibyte)
    const slow = await serve((request) => request.pause())
    const abort = new AbortController()
    const result = await send(
      slow,
      { pieces: [{ file: large }] },
      { signal: abort.signal, onSent: () => abort.abort() },
    )
    expect(result).toMatchObject({ ok: false, error: { code: 'http_cancelled' } })
  })
})

describe('a secret that is proven', () => {
  const digest: CarriedCredential = {
    type: 'Bearer',
    text: 'the-password',
    allowInsecure: true,
    proof: { kind: 'digest', username: 'ann' },
  }
  const md5 = (text: string): string => createHash('md5').update(text).digest('hex')

  it('answers the challenge once, with the body sent again, and is in nothing that is told', async () => {
    const path = await fileOf('content')
    let asked = 0
    const bodies: number[] = []
    const url = await serve((request, response) => {
      void digestOf(request).then(({ size }) => {
        asked += 1
        bodies.push(size)
        const given = request.headers.authorization ?? ''
        const part = (name: string) => new RegExp(`\\b${name}="?([^",]*)`).exec(given)?.[1] ?? ''
        const right = md5(
          [
            md5('ann:area:the-password'),
            'n1',
            part('nc'),
            part('cnonce'),
            'auth',
            md5(`POST:${request.url}`),
          ].join(':'),
        )
        if (part('response') === right) return response.end('in')
        response.writeHead(401, { 'www-authenticate': 'Digest realm="area", nonce="n1", qop="auth"' })
        return response.end()
      })
    })
    const result = await send(`${url}/a?b=c`, { pieces: [{ file: path }] }, { credential: digest })
    expect(result).toMatchObject({ ok: true, value: { status: 200, tokenSent: true } })
    expect([asked, bodies]).toEqual([2, [7, 7]])
    expect(JSON.stringify(result)).not.toContain('the-password')
    asked = 0
    const wrong = await send(url, {}, { credential: { ...digest, text: 'no' } })
    expect(wrong).toMatchObject({ ok: true, value: { status: 401 } })
    expect(asked).toBe(2)
  })

  it('stays behind where a redirect leads to another server', async () => {
    const heads: (string | undefined)[] = []
    const other = await serve((request, response) => {
      heads.push(request.headers.authorization)
      response.writeHead(401, { 'www-authenticate': 'Digest realm="x", nonce="n2", qop="auth"' }).end()
    })
    const url = await serve((_request, response) => response.writeHead(302, { location: other }).end())
    const result = await send(url, { method: 'GET' }, { credential: digest })
    expect(result).toMatchObject({ ok: true, value: { status: 401, tokenSent: false } })
    expect(heads).toEqual([undefined])
  })

  it('signs a file for AWS by its hash', async () => {
    const path = await fileOf('content')
    let seen: IncomingMessage['headers'] = {}
    const url = await serve((request, response) => {
      seen = request.headers
      request.resume().on('end', () => response.end())
    })
    const proof = {
      kind: 'awsv4',
      accessKeyId: 'AK',
      sessionToken: 'st',
      service: 's3',
      region: 'eu-1',
    } as const
    await send(
      url,
      { method: 'PUT', pieces: [{ file: path }] },
      { credential: { type: 'Bearer', text: 'the-secret-key', allowInsecure: true, proof } },
    )
    expect(seen['x-amz-content-sha256']).toBe(createHash('sha256').update('content').digest('hex'))
    expect(seen.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AK\/\d{8}\/eu-1\/s3\/aws4_request, SignedHeaders=/,
    )
    expect(seen['x-amz-security-token']).toBe('st')
  })
})
