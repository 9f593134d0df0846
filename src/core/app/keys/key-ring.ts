import { longestKeyName, mostRingKeys, type RingView } from '@contract/tokens/keys'
import { defined } from '@contract/defined'
import { fail, ok, type Result } from '@contract/result'
import {
  ringKeyForms,
  ringKeyType,
  type RingKeyForm,
  type RingKeyTypeName,
} from '@contract/tables/ring-key-types'
import type { KeyInput, ReadPem, WritePem } from '../../jwt/keys/given-key.ts'
import { hasPrivateMembers, publicJwk } from '../../jwt/keys/jwk.ts'
import { readJsonObject, textMember } from '../../jwt/text/json-object.ts'
import type { JsonObject } from '../../jwt/text/json-object.ts'
import { readImported } from '../../jwt/keys/imported-key.ts'
import type { KeyRingStore, RingKey } from '../../records/key-ring-store.ts'
import type { Clock, ServeDocument } from '../../records/ports.ts'
import { ringKeyPlace } from '../tokens/token-vault.ts'
import { clearAfterSeconds } from '../tokens/token-actions.ts'
import type { CurrentSession } from '../vault/session.ts'
import { makeRingKey } from './make-ring-key.ts'
import { asGiven, thumbprintOf, viewRingKey } from './ring-key-view.ts'

interface Dependencies {
  session: CurrentSession
  clock: Clock
  newId: () => string
  randomBytes: (length: number) => Uint8Array
  keyRing: KeyRingStore
  readPem: ReadPem
  writePem: WritePem
  serveDocument: ServeDocument
  discard: (what: { kind: 'key'; name: string; detail: string }, ids: readonly string[]) => void
  copyText: (text: string) => Promise<void>
  copySecret: (text: string, seconds: number) => Promise<void>
  changed: () => void
}

/** A key of the ring instead of a typed one. */
export interface RingKeyChoice {
  ring: string
  algorithm?: string | undefined
}

/** Keys that a user made or imported, sealed in the vault; private halves reach the page never, the clipboard by the
 *  user's press. Codes: `key_unknown`, `key_ring_full`, `key_form_unfit`, `alg_unsupported`, those of `readGivenKey` and of
 *  the vault. */
export function createKeyRing(deps: Dependencies) {
  let served: { userId: string; address: string; close: () => void } | undefined

  function open({ userId, id, sealedKey }: RingKey): Result<JsonObject> {
    const opened = deps.session().box.open(ringKeyPlace(userId, id), sealedKey)
    if (!opened.ok) return opened
    const read = readJsonObject(new TextEncoder().encode(opened.value))
    return read.ok
      ? ok(read.value)
      : fail('document_malformed', 'This key is damaged.', 'It is kept as is. A backup may have it intact.')
  }
  function find(id: string): Result<{ key: RingKey; jwk: JsonObject }> {
    const key = deps.keyRing.get(deps.session().user.id, id)
    if (key === undefined) return unknownKey()
    const jwk = open(key)
    return jwk.ok ? ok({ key, jwk: jwk.value }) : jwk
  }
  function add(name: string, jwk: JsonObject): Result<{ id: string }> {
    const userId = deps.session().user.id
    if (deps.keyRing.list(userId).length >= mostRingKeys)
      return fail(
        'key_ring_full',
        `The key ring already has ${mostRingKeys} keys.`,
        'Delete one that is not needed.',
      )
    const given = asGiven(jwk)
    if (!given.ok) return given
    const id = deps.newId()
    const sealedKey = deps.session().box.seal(ringKeyPlace(userId, id), JSON.stringify(jwk))
    deps.keyRing.add({ id, userId, name: nameOf(name, jwk), sealedKey, createdAt: deps.clock.now() })
    deps.changed()
    return ok({ id })
  }
  /** The public halves of all keys that have one (RFC 7517 section 5). */
  async function jwks(): Promise<JsonObject> {
    const keys = deps.keyRing.list(deps.session().user.id).flatMap((key) => {
      const jwk = open(key)
      return jwk.ok ? [jwk.value] : []
    })
    const halves = await Promise.all(keys.map(publicHalf))
    return { keys: halves.filter((half) => half !== undefined) }
  }
  async function view(): Promise<RingView> {
    const userId = deps.session().user.id
    const keys = await Promise.all(deps.keyRing.list(userId).map((key) => viewRingKey(key, open(key))))
    return { keys, ...defined({ servedAt: served?.userId === userId ? served.address : undefined }) }
  }
  function stopServing(): void {
    served?.close()
    served = undefined
  }

  return {
    list: async (): Promise<Result<RingView>> => ok(await view()),
    async make({ name, type }: { name: string; type: RingKeyTypeName }): Promise<Result<{ id: string }>> {
      const made = await makeRingKey(ringKeyType(type), deps.randomBytes)
      return made.ok ? add(name.trim() || ringKeyType(type).label, made.value) : made
    },
    /** A JWK, PEM or shared secret; of a JWK Set every key. Answers how many. */
    import({ name, key }: { name: string; key: KeyInput }): Result<{ count: number }> {
      const read = readImported(key, deps.readPem)
      if (!read.ok) return read
      for (const jwk of read.value) {
        const added = add(name, jwk)
        if (!added.ok) return added
      }
      return ok({ count: read.value.length })
    },
    rename({ id, name }: { id: string; name: string }): Result<null> {
      const userId = deps.session().user.id
      if (deps.keyRing.get(userId, id) === undefined) return unknownKey()
      deps.keyRing.rename(userId, id, name.trim().slice(0, longestKeyName) || 'Key')
      deps.changed()
      return ok(null)
    },
    remove({ id }: { id: string }): Result<null> {
      const key = deps.keyRing.get(deps.session().user.id, id)
      if (key === undefined) return unknownKey()
      deps.discard({ kind: 'key', name: key.name, detail: 'Key ring' }, [id])
      deps.changed()
      return ok(null)
    },
    /** Copies one of its forms; what is secret is taken off the clipboard after a while. */
    async copy({
      id,
      form,
    }: {
      id: string
      form: RingKeyForm
    }): Promise<Result<{ clearAfterSeconds?: number }>> {
      const found = find(id)
      if (!found.ok) return found
      const text = await written(found.value.jwk, form, deps.writePem)
      if (!text.ok) return text
      if (!ringKeyForms[form].isSecret) {
        await deps.copyText(text.value)
        return ok({})
      }
      await deps.copySecret(text.value, clearAfterSeconds)
      return ok({ clearAfterSeconds })
    },
    /** The key as if it had been typed. Codes: `key_unknown`, those of the vault. */
    input({ ring, algorithm }: RingKeyChoice): Result<KeyInput> {
      const found = find(ring)
      return found.ok ? ok({ text: JSON.stringify(found.value.jwk), ...defined({ algorithm }) }) : found
    },
    /** Serves the JWK Set of public halves on this computer, or stops that. */
    async serve({ on }: { on: boolean }): Promise<Result<{ address: string | null }>> {
      stopServing()
      if (!on) return ok({ address: null })
      const userId = deps.session().user.id
      const started = await deps.serveDocument(async () => {
        // Another user's keys are none of whoever was told this address.
        if (deps.session().user.id !== userId) throw new Error('another user')
        return JSON.stringify(await jwks())
      })
      if (!started.ok) return started
      served = { userId, ...started.value }
      return ok({ address: started.value.address })
    },
    stopServing,
  }
}

function unknownKey(): Result<never> {
  return fail('key_unknown', 'This key is no longer on the key ring.', 'Choose another one.')
}

function nameOf(name: string, jwk: JsonObject): string {
  const given = name.trim().slice(0, longestKeyName)
  const words = [textMember(jwk, 'kid'), textMember(jwk, 'crv'), textMember(jwk, 'kty')]
  return given || (words.find((word) => word !== undefined && word !== '') ?? 'Key').slice(0, longestKeyName)
}

/** Public members with what says how the key is meant. */
async function publicHalf(jwk: JsonObject): Promise<JsonObject | undefined> {
  const half = publicJwk(jwk)
  if (half === undefined) return undefined
  const meant = ['kid', 'alg', 'use'].map((name) => [name, textMember(jwk, name)] as const)
  const told = Object.fromEntries(meant.filter(([, value]) => value !== undefined))
  return { ...half, kid: await thumbprintOf(jwk), ...told }
}

/** A form of the key as text. Code: `key_form_unfit`. */
async function written(jwk: JsonObject, form: RingKeyForm, writePem: WritePem): Promise<Result<string>> {
  const json = (value: unknown): Result<string> => ok(JSON.stringify(value, null, 2))
  const unfit = fail('key_form_unfit', 'This key is not available in this format.', 'Copy it as a JWK.')
  const half = await publicHalf(jwk)
  switch (form) {
    case 'public-jwk':
      return half === undefined ? unfit : json(half)
    case 'public-jwks':
      return half === undefined ? unfit : json({ keys: [half] })
    case 'public-pem':
      return half === undefined ? unfit : writePem(half, 'spki')
    case 'thumbprint':
      return ok(await thumbprintOf(jwk))
    case 'thumbprint-uri':
      return ok(`urn:ietf:params:oauth:jwk-thumbprint:sha-256:${await thumbprintOf(jwk)}`)
    case 'private-jwk':
      return hasPrivateMembers(jwk) ? json(jwk) : unfit
    case 'private-pem':
      return hasPrivateMembers(jwk) ? writePem(jwk, 'pkcs8') : unfit
  }
}
