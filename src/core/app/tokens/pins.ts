import { mostPins, type PinView } from '@contract/tokens/bench'
import { fail, ok, type Result } from '@contract/result'
import type { TokenLife } from '@contract/tokens/tokens'
import { longestPinName } from '@contract/words'
import { inspectToken } from '../../jwt/explain/inspect-token.ts'
import { findTokens } from '../../jwt/text/find-tokens.ts'
import { pinnedTokenDocument } from '../../records/documents/pinned-token.ts'
import type { Pin, PinStore } from '../../records/pin-store.ts'
import type { Clock } from '../../records/ports.ts'
import type { CurrentSession } from '../vault/session.ts'
import type { TokenChoice, TokenText } from './token-text.ts'
import { pinPlace } from './token-vault.ts'

interface Dependencies {
  session: CurrentSession
  clock: Clock
  newId: () => string
  pins: PinStore
  tokenText: TokenText
  discard: (what: { kind: 'pin'; name: string; detail: string }, ids: readonly string[]) => void
  changed: () => void
}

/** What a pin is called where its name can't be, as that is sealed. */
const pinCalled = 'Pinned token'

/** What is pinned: a token in a text, or one of an account. */
type Pinned = { text: string; pick?: number | undefined } | TokenChoice

/** Tokens that a user keeps on the bench, each sealed in the vault. Nothing else of the bench is kept.
 *  Codes: `pin_unknown`, `pins_full`, `pin_empty`, those of `createTokenText`, of a document and of the vault. */
export function createPins(deps: Dependencies) {
  function open({ userId, id, plainName, sealedContent }: Pin): Result<{ text: string; name: string }> {
    const opened = deps.session().box.open(pinPlace(userId, id), sealedContent)
    if (!opened.ok) return opened
    const read = pinnedTokenDocument.read(opened.value)
    return read.ok ? ok({ text: read.value.text, name: read.value.name ?? plainName }) : read
  }
  function seal(userId: string, id: string, content: { text: string; name: string }): Uint8Array {
    return deps.session().box.seal(pinPlace(userId, id), pinnedTokenDocument.write(content))
  }
  function find(id: string): Pin | undefined {
    return deps.pins.get(deps.session().user.id, id)
  }
  function textOf(what: Pinned): Result<string> {
    if ('text' in what) return ok(alone(what.text, what.pick))
    const token = deps.tokenText(what)
    return token.ok ? ok(token.value.text) : token
  }
  async function view(pin: Pin): Promise<PinView> {
    const { id, createdAt } = pin
    const opened = open(pin)
    if (!opened.ok) return { id, name: pinCalled, createdAt, readable: false, why: opened.error }
    const { text, name } = opened.value
    const { verdict, life } = await inspectToken(findTokens(text)[0]?.text ?? '', { now: deps.clock.now() })
    return { id, name, createdAt, readable: true, what: verdict.what, life }
  }
  /** The text of a pinned token. */
  function text(id: string): Result<{ text: string; life: TokenLife }> {
    const pin = find(id)
    if (pin === undefined) return unknownPin()
    const opened = open(pin)
    return opened.ok ? ok({ text: opened.value.text, life: {} }) : opened
  }

  return {
    async list(): Promise<Result<PinView[]>> {
      return ok(await Promise.all(deps.pins.list(deps.session().user.id).map(view)))
    },
    add({ name, token }: { name: string; token: Pinned }): Result<{ id: string }> {
      const userId = deps.session().user.id
      if (deps.pins.list(userId).length >= mostPins)
        return fail(
          'pins_full',
          `The bench already has ${mostPins} pinned tokens.`,
          'Unpin one you do not need.',
        )
      const found = textOf(token)
      if (!found.ok) return found
      if (found.value === '') return fail('pin_empty', 'There is no token to pin.', 'Paste one first.')
      const id = deps.newId()
      deps.pins.add({
        id,
        userId,
        plainName: '',
        sealedContent: seal(userId, id, { text: found.value, name: nameOf(name) }),
        createdAt: deps.clock.now(),
      })
      deps.changed()
      return ok({ id })
    },
    /** The text of a pinned token, to be shown on the bench by the user's own press. */
    read({ id }: { id: string }): Result<{ text: string }> {
      const found = text(id)
      return found.ok ? ok({ text: found.value.text }) : found
    },
    rename({ id, name }: { id: string; name: string }): Result<null> {
      const pin = find(id)
      if (pin === undefined) return unknownPin()
      const opened = open(pin)
      if (!opened.ok) return opened
      deps.pins.write(pin.userId, id, seal(pin.userId, id, { ...opened.value, name: nameOf(name) }))
      deps.changed()
      return ok(null)
    },
    /** Seals the names that an earlier version stored beside the seal. */
    sealNames(): void {
      for (const pin of deps.pins.list(deps.session().user.id)) {
        const opened = pin.plainName === '' ? undefined : open(pin)
        if (opened?.ok) deps.pins.write(pin.userId, pin.id, seal(pin.userId, pin.id, opened.value))
      }
    },
    /** Into the bin. */
    remove({ id }: { id: string }): Result<null> {
      const pin = find(id)
      if (pin === undefined) return unknownPin()
      deps.discard({ kind: 'pin', name: pinCalled, detail: 'Token bench' }, [id])
      deps.changed()
      return ok(null)
    },
    text,
  }
}

function unknownPin(): Result<never> {
  return fail('pin_unknown', 'This token is no longer pinned.', 'Choose another one.')
}

function nameOf(name: string): string {
  return name.trim().slice(0, longestPinName) || 'Token'
}

/** The token without what is around it: another secret may be beside it. */
function alone(text: string, pick = 0): string {
  const found = findTokens(text)[pick]
  if (found === undefined) return ''
  if (found.json !== undefined) return found.json
  if (found.disclosures.length === 0) return found.text.trim()
  // With its key binding, where there is nothing else.
  const whole = text.trim()
  return whole.startsWith(`${found.text}~`) && !/\s/.test(whole)
    ? whole
    : `${[found.text, ...found.disclosures].join('~')}~`
}
