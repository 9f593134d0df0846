import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { answerDigest, type digestHashes } from '../../../../src/core/http/digest.ts'

const names = { MD5: 'md5', 'SHA-256': 'sha256', 'SHA-512-256': 'sha512-256' }
const hash = (name: (typeof digestHashes)[number], text: string): string =>
  createHash(names[name]).update(text, 'utf8').digest('hex')
const asked = (parameters: Record<string, string>, more = {}) =>
  answerDigest({
    parameters: new Map(Object.entries(parameters)),
    username: 'Mufasa',
    password: 'Circle of Life',
    method: 'GET',
    uri: '/dir/index.html',
    cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
    hash,
    ...more,
  })
/** RFC 7616 section 3.9.1. */
const example = {
  realm: 'http-auth@example.org',
  qop: 'auth, auth-int',
  nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
  opaque: 'FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS',
}

describe('an answer to a Digest challenge', () => {
  it('is that of the RFC', () => {
    expect(asked({ ...example, algorithm: 'SHA-256' })).toBe(
      'Digest username="Mufasa", realm="http-auth@example.org", uri="/dir/index.html", algorithm=SHA-256, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", nc=00000001, cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", qop=auth, response="753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"',
    )
    expect(asked({ ...example, algorithm: 'MD5' })).toContain('response="8ca523f5e9506fed4657c9700eebdbec"')
    expect(asked(example)).toContain('response="8ca523f5e9506fed4657c9700eebdbec"')
  })

  it('is that of RFC 2069 where no quality of protection is offered', () => {
    const { qop: _qop, ...old } = example
    const answer = asked(old) ?? ''
    expect(answer).not.toMatch(/qop|nc=|cnonce/)
    const first = hash('MD5', 'Mufasa:http-auth@example.org:Circle of Life')
    const second = hash('MD5', 'GET:/dir/index.html')
    expect(answer).toContain(`response="${hash('MD5', `${first}:${old.nonce}:${second}`)}"`)
  })

  it('hides the name, or writes what a header cannot carry', () => {
    const hidden = asked({ ...example, userhash: 'true', algorithm: 'SHA-256' }) ?? ''
    expect(hidden).not.toContain('Mufasa')
    expect(hidden).toContain('userhash=true')
    expect(asked(example, { username: "Jäsøn's" })).toContain("username*=UTF-8''J%C3%A4s%C3%B8n%27s")
    expect(asked(example, { username: 'a"b' })).toContain('username="a\\"b"')
  })

  it('is none where another hash, or the body alone, is asked for', () => {
    expect(asked({ ...example, algorithm: 'token' })).toBeUndefined()
    expect(asked({ ...example, qop: 'auth-int' })).toBeUndefined()
    expect(asked({ realm: 'a' })).toBeUndefined()
    expect(asked({ ...example, algorithm: 'SHA-256-sess' })).toContain('algorithm=SHA-256-sess')
  })
})
