import { AsyncLocalStorage } from 'node:async_hooks'
import { createHash, randomBytes } from 'node:crypto'
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose'
import type { AdapterPayload, Provider } from 'oidc-provider'
import { isEncrypted, type OpenToken } from './encrypted-tokens.ts'

type StoredPayload = AdapterPayload & { structured?: boolean; aud?: string | string[] }

/** The parts of oidc-provider's token classes that are adapted here; its types do not name them. */
type TokenInstance = {
  format?: string
  iat?: number
  exp?: number
  expiration: number
  aud?: string | string[]
  scope?: string
}
type TokenClass = {
  adapter: {
    find: (id: string) => Promise<StoredPayload | undefined>
    findByUid: (uid: string) => Promise<StoredPayload | undefined>
  }
  find: (value: string, options?: object) => Promise<TokenInstance | undefined>
  prototype: {
    getValueAndPayload: (this: TokenInstance) => Promise<{ value: string; payload?: StoredPayload }>
  }
}

export type StructuredTokens = {
  /** Runs what serves a userinfo request, so that a token which names it as audience is let in. */
  atUserinfo: <T>(run: () => Promise<T>) => Promise<T>
  /** Runs with a stand-in for a JWT access token of ours, by which introspection and revocation find its record. */
  withStandIn: <T>(token: string, run: (standIn: string | undefined) => Promise<T>) => Promise<T>
}

/**
 * Makes JWT access tokens known to the provider that issued them.
 *
 * oidc-provider keeps no record of a JWT access token, and so refuses it at userinfo, introspection and revocation.
 * Here each has a record: userinfo is a second audience of every token with the scope `openid` (as at several public
 * providers), and the provider answers for its own tokens. The API still judges the JWT by itself (RFC 9068), so a
 * revoked one is accepted there until it expires.
 */
export function keepStructuredTokens(
  provider: Provider,
  keys: JSONWebKeySet,
  userinfoAudience: string,
  open: OpenToken,
): StructuredTokens {
  const keySet = createLocalJWKSet(keys)
  const userinfo = new AsyncLocalStorage<true>()
  const standIns = new Map<string, string>()
  const signing = [...new Set(keys.keys.map(({ alg }) => alg ?? 'ES256'))]

  const models = [provider.AccessToken, provider.ClientCredentials] as unknown as TokenClass[]

  async function idOf(token: string): Promise<string | undefined> {
    if (isEncrypted(token)) {
      const inner = await open(token)
      if (inner !== undefined) return idOf(inner)
      // Encrypted for another API: it is known by its hash.
      for (const { adapter } of models) {
        const stored = await adapter.findByUid(markOf(token))
        if (stored) return stored.jti
      }
      return undefined
    }
    try {
      const { payload } = await jwtVerify(token, keySet, {
        typ: 'at+jwt',
        issuer: provider.issuer,
        algorithms: signing,
        // Whether it has expired is the record's to say; a fault may have written another `exp` into the token.
        currentDate: new Date(0),
      })
      return payload.jti
    } catch {
      return undefined
    }
  }

  function keep(model: TokenClass): void {
    const issue = model.prototype.getValueAndPayload
    model.prototype.getValueAndPayload = async function () {
      if (this.format !== 'jwt') {
        const issued = await issue.call(this)
        const aud = audienceOf(this.aud, this.scope, userinfoAudience)
        return issued.payload && aud ? { ...issued, payload: { ...issued.payload, aud } } : issued
      }
      this.iat ??= Math.floor(Date.now() / 1000)
      this.exp ??= this.iat + this.expiration
      this.format = 'opaque'
      const { payload } = await issue.call(this)
      this.format = 'jwt'
      const { value } = await issue.call(this)
      const aud = audienceOf(this.aud, this.scope, userinfoAudience)
      const mark = isEncrypted(value) ? { uid: markOf(value) } : {}
      return payload ? { value, payload: { ...payload, ...mark, aud, structured: true } } : { value }
    }
    const find = model.find
    model.find = async (value, options) => {
      const structured = value.includes('.') || standIns.has(value)
      const id = value.includes('.') ? await idOf(value) : (standIns.get(value) ?? value)
      const stored = id ? await model.adapter.find(id) : undefined
      // The bare id of a JWT is not that token.
      if (!id || !stored || Boolean(stored.structured) !== structured) return undefined
      const token = await find.call(model, id, options)
      if (token && userinfo.getStore() && [token.aud].flat().includes(userinfoAudience)) token.aud = undefined
      return token
    }
  }
  for (const model of models) keep(model)

  return {
    atUserinfo: (run) => userinfo.run(true, run),
    withStandIn: async (token, run) => {
      const id = token.includes('.') ? await idOf(token) : undefined
      // Without a record there is nothing to tell what another API's token is: it is as good as unknown.
      if (!id && !isEncrypted(token)) return run(undefined)
      const standIn = randomBytes(24).toString('base64url')
      if (id) standIns.set(standIn, id)
      try {
        return await run(standIn)
      } finally {
        standIns.delete(standIn)
      }
    },
  }
}

function markOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

/** The audience of a token: its API, and userinfo as well where the scope allows that. */
export function audienceOf(
  audience: string | string[] | undefined,
  scope: string | undefined,
  userinfoAudience: string,
): string | string[] | undefined {
  return typeof audience === 'string' && scope?.split(' ').includes('openid')
    ? [audience, userinfoAudience]
    : audience
}
