import { describe, expect, it } from 'vitest'
import {
  blankForm,
  draftOf,
  extraOf,
  extraText,
  formOf,
  linesOf,
  type ConnectionForm,
} from '../../../../src/renderer/src/features/accounts/connect/connection-form.ts'
import { connectionDraft } from '../../../../src/core/contract/connections.ts'
import { connection } from '../../../support/fake-data.ts'

const filled = (part: Partial<ConnectionForm>): ConnectionForm => ({
  ...blankForm,
  issuer: 'https://as.example',
  clientId: 'app',
  ...part,
})

describe('lists that are typed as text', () => {
  it('are read line by line', () => {
    expect(linesOf(' https://a.example \n\n https://b.example')).toEqual([
      'https://a.example',
      'https://b.example',
    ])
    expect(linesOf(' \n ')).toBeUndefined()
  })

  it('keep the first equals sign as the border, and survive the way back', () => {
    const extra = extraOf('tenant=blue\nflags = a=b\nempty')
    expect(extra).toEqual([
      { name: 'tenant', value: 'blue' },
      { name: 'flags', value: 'a=b' },
      { name: 'empty', value: '' },
    ])
    expect(extraOf(extraText(extra))).toEqual(extra)
  })
})

describe('the draft', () => {
  const key = (part: Partial<ConnectionForm>) => draftOf(filled(part)).clientKey

  it('brings a key only where one is used, and never one that is kept', () => {
    expect(key({})).toBeUndefined()
    expect(key({ clientAuthentication: 'private_key_jwt' })).toEqual({ generate: 'ES256' })
    expect(key({ settings: { signedRequest: true }, keySource: 'keep' })).toBeUndefined()
    expect(key({ settings: { grant: 'jwt_bearer' }, keySource: 'import', keyText: ' k ' })).toMatchObject({
      imported: 'k',
    })
  })

  it('brings a certificate only for mutual TLS', () => {
    const pem = { certificateText: ' cert ', certificateKey: ' key ' }
    expect(draftOf(filled(pem)).certificate).toBeUndefined()
    expect(draftOf(filled({ ...pem, clientAuthentication: 'tls_client_auth' })).certificate).toEqual({
      certificate: 'cert',
      key: 'key',
    })
  })

  it('forgets the secret where the method needs none', () => {
    expect(draftOf(filled({ clientAuthentication: 'private_key_jwt' })).clientSecret).toBe('')
    expect(draftOf(filled({ clientAuthentication: 'client_secret_jwt' })).clientSecret).toBeUndefined()
  })

  it('keeps the settings of a connection that is edited, and passes the schema', () => {
    const settings = { dpop: true, maxAgeSeconds: 0, extra: [{ name: 'tenant', value: 'blue' }] }
    const draft = draftOf(formOf(connection({ settings })))
    expect(draft.settings).toEqual(settings)
    expect(connectionDraft.safeParse(draft).success).toBe(true)
  })
})
