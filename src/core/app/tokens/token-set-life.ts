import { defined } from '@contract/defined'
import type { TokenLife } from '@contract/tokens/tokens'
import type { TokenSet } from '../../records/model.ts'

/** The life of a token set's access token, by this computer's clock. */
export function lifeOfTokenSet({
  obtainedAt,
  expiresAt,
  ownExpiresAt,
  revokedAt,
}: Pick<TokenSet, 'obtainedAt' | 'expiresAt' | 'ownExpiresAt' | 'revokedAt'>): TokenLife {
  return {
    issuedAt: obtainedAt,
    ...defined({ expiresAt: earlier(expiresAt, ownExpiresAt), revokedAt }),
  }
}

function earlier(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.min(one, other)
}
