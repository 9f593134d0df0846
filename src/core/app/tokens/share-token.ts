import { ok, type Result } from '@contract/result'
import type { BenchView } from '@contract/tokens/tokens'
import { shareToken } from '../../jwt/share/share-token.ts'
import type { Clock } from '../../records/ports.ts'
import type { BenchInput } from './token-bench.ts'

interface Dependencies {
  clock: Clock
  inspect: (input: BenchInput) => Promise<Result<BenchView>>
  copyText: (text: string) => Promise<void>
}

/** Copies Markdown of a token as it is judged on the bench, for others to read. Codes: those of `inspect`. */
export function createTokenShare({ clock, inspect, copyText }: Dependencies) {
  return {
    async share(input: BenchInput): Promise<Result<{ leftOut: string[] }>> {
      const view = await inspect(input)
      if (!view.ok) return view
      const { token, disclosures } = view.value
      const now = input.assume?.at ?? clock.now()
      const { markdown, leftOut } = shareToken(token, { now, disclosures: disclosures.length })
      await copyText(markdown)
      return ok({ leftOut })
    },
  }
}
