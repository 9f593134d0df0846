import { afterEach, describe, expect, it, vi } from 'vitest'
import { hasKeyWrap, needsKeyWrap, noKeyWrap } from '../../../../../src/core/jwt/encryption/key-wrap.ts'

describe('AES key wrap', () => {
  afterEach(() => {
    vi.restoreAllMocks()
  })
  it.each(['A128KW', 'A192KW', 'A256KW', 'ECDH-ES+A128KW', 'PBES2-HS512+A256KW'])(
    'is needed by %s',
    (alg) => {
      expect(needsKeyWrap(alg)).toBe(true)
    },
  )
  it.each(['dir', 'A128GCMKW', 'RSA-OAEP', 'ECDH-ES', 'XA128KW', 'A128KWX', 'A12KW', '+A1280KW', ''])(
    'is not needed by %j',
    (alg) => {
      expect(needsKeyWrap(alg)).toBe(false)
    },
  )
  it('is there, or not, by trying it', async () => {
    expect(await hasKeyWrap()).toBe(true)
    vi.spyOn(crypto.subtle, 'wrapKey').mockRejectedValue(new Error('not there'))
    expect(await hasKeyWrap()).toBe(false)
  })
  it('that is not there is said', () => {
    const refused = noKeyWrap('A128KW')
    expect(refused).toMatchObject({ ok: false, error: { code: 'alg_unsupported' } })
    expect(!refused.ok && refused.error.message).toMatch(/^A128KW /)
  })
})
