import type { ComparedSide, TokenComparison } from '@contract/tokens/bench'
import { ok, type Result } from '@contract/result'
import type { TokenLife } from '@contract/tokens/tokens'
import { compareTokens, type ComparedToken } from '../../jwt/compare/compare-tokens.ts'
import { inspectToken } from '../../jwt/explain/inspect-token.ts'
import { decodeToken } from '../../jwt/text/decode.ts'
import { readDisclosures } from '../../jwt/text/disclosures.ts'
import { findTokens } from '../../jwt/text/find-tokens.ts'
import type { Clock } from '../../records/ports.ts'
import type { TokenChoice, TokenText } from './token-text.ts'

/** A token as pasted, the first in its text unless another is picked, one of an account, or one that is pinned. */
type TokenSource = { text: string; pick?: number | undefined } | TokenChoice | { pin: string }

interface Dependencies {
  clock: Clock
  tokenText: TokenText
  pinText: (id: string) => ReturnType<TokenText>
}

interface Side extends ComparedToken {
  shown: ComparedSide
}

/** Compares two tokens, offline; of neither is the text in the answer. Codes: those of `createTokenText` and
 *  `createPins`. */
export function createTokenComparison({ clock, tokenText, pinText }: Dependencies) {
  async function sideOf(source: TokenSource): Promise<Result<Side>> {
    if ('text' in source) return ok(await side(source.text, source.pick, {}))
    const token = 'pin' in source ? pinText(source.pin) : tokenText(source)
    return token.ok ? ok(await side(token.value.text, 0, token.value.life)) : token
  }
  async function side(whole: string, pick = 0, told: TokenLife): Promise<Side> {
    const found = findTokens(whole)[pick]
    const text = found?.text ?? ''
    const { verdict, format, size, life } = await inspectToken(text, { now: clock.now() })
    return {
      token: decodeToken(text),
      disclosures: readDisclosures(found?.disclosures ?? []),
      shown: { what: verdict.what, format, size, life: { ...told, ...life } },
    }
  }
  return {
    async compare(sources: { one: TokenSource; other: TokenSource }): Promise<Result<TokenComparison>> {
      const one = await sideOf(sources.one)
      if (!one.ok) return one
      const other = await sideOf(sources.other)
      if (!other.ok) return other
      return ok({ sides: [one.value.shown, other.value.shown], ...compareTokens(one.value, other.value) })
    },
  }
}
