import { ok, type Result } from '@contract/result'
import type { TokenChoice, TokenText } from './token-text.ts'

/** Seconds after which a revealed token is hidden again. */
export const hideAfterSeconds = 30
/** Seconds after which the clipboard is cleared, if it still holds the token. */
export const clearAfterSeconds = 60

interface Dependencies {
  tokenText: TokenText
  copySecret: (text: string, seconds: number) => Promise<void>
}

/** What a user does with the text of a token. Codes: those of `createTokenText`. */
export function createTokenActions({ tokenText, copySecret }: Dependencies) {
  return {
    reveal(choice: TokenChoice): Result<{ text: string; hideAfterSeconds: number }> {
      const token = tokenText(choice)
      return token.ok ? ok({ text: token.value.text, hideAfterSeconds }) : token
    },
    async copy(choice: TokenChoice): Promise<Result<{ clearAfterSeconds: number }>> {
      const token = tokenText(choice)
      if (!token.ok) return token
      await copySecret(token.value.text, clearAfterSeconds)
      return ok({ clearAfterSeconds })
    },
  }
}
