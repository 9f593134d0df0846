import { describe, expect, it } from 'vitest'
import { tokensInAnswer } from '../../../../../../src/core/app/requests/held/answer-tokens.ts'

const head = Buffer.from('{"alg":"none"}').toString('base64url')
const token = (sub: string) => `${head}.${Buffer.from(JSON.stringify({ sub })).toString('base64url')}.c2ln`
const notOwn = (_text: string) => false
const inBody = (body: string | Uint8Array, isOwn = notOwn) =>
  tokensInAnswer({ headers: [], body: typeof body === 'string' ? Buffer.from(body) : body }, isOwn)

describe('the tokens of a response', () => {
  it('are found in headers and the body, each once, called by what they are in', () => {
    const found = tokensInAnswer(
      {
        headers: [
          ['X-Identity', token('a')],
          ['Set-Cookie', `session=${token('b')}; Path=/`],
          ['X-Page', '2'],
        ],
        body: Buffer.from(
          JSON.stringify({ access_token: token('c'), id_token: token('d'), again: token('a'), n: 1 }),
        ),
      },
      notOwn,
    )
    expect(found).toEqual([
      { name: 'X-Identity', text: token('a') },
      { name: 'Set-Cookie', text: token('b') },
      { name: 'access_token', text: token('c') },
      { name: 'id_token', text: token('d') },
    ])
  })

  it('are found in text of any charset, and in a list', () => {
    expect(inBody(Buffer.from(`caf\xe9 ${token('a')}`, 'latin1'))).toEqual([
      { name: 'in the body', text: token('a') },
    ])
    expect(inBody(`["${token('a')}","${token('b')}"]`).map(({ text }) => text)).toEqual([
      token('a'),
      token('b'),
    ])
  })

  it('are none of the user’s own', () => {
    expect(inBody(`${token('a')} ${token('b')}`, (text) => text === token('a'))).toEqual([
      { name: 'in the body', text: token('b') },
    ])
  })

  it('are at most 20, and 64 Ki characters, of the first megabyte', () => {
    const many = Array.from({ length: 30 }, (_, at) => token(`${at}`))
    expect(inBody(many.join(' '))).toHaveLength(20)
    const long = [1, 2, 3].map((at) => token(`${at}${'x'.repeat(20_000)}`))
    expect(inBody(long.join(' '))).toHaveLength(2)
    expect(inBody(`${' '.repeat(1_048_576)}${token('a')}`)).toEqual([])
  })

  it('are none where there is none', () => {
    expect(inBody('{"key":"eyJ","version":"e.y.e"}')).toEqual([])
    expect(inBody('')).toEqual([])
  })
})
