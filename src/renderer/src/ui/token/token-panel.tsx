import type { ReactNode } from 'react'
import type { TokenKind, TokenView } from '@contract/tokens/tokens.ts'
import { Notice } from '../notice.tsx'
import { Checks, HeaderFacts } from './checks.tsx'
import { ClaimsTable } from './claims-table.tsx'
import { Timeline } from './timeline.tsx'
import css from './token-panel.module.css'

/** A decoded token: life, claims, checks, header. */
export function TokenPanel({ token, kind = 'access', facts, strip, skew, marked = false }: Props) {
  const header = 'header' in token ? (token.header ?? []) : []
  if (token.format === 'opaque' && facts !== undefined) {
    return (
      <div className={css.panel}>
        {token.life.expiresAt !== undefined && (
          <div className={css.timeline}>
            <Timeline life={token.life} skew={skew} />
          </div>
        )}
        <div className={css.alone}>
          {facts}
          {strip}
        </div>
      </div>
    )
  }
  const timed = token.life.expiresAt !== undefined || !['malformed', 'jws'].includes(token.format)
  return (
    <div className={css.panel}>
      {timed && (
        <div className={css.timeline}>
          <Timeline life={token.life} skew={skew} />
        </div>
      )}
      <div className={css.columns}>
        <div className={css.content}>
          {facts && <div className={css.facts}>{facts}</div>}
          <Content token={token} marked={marked} />
          {strip}
        </div>
        <aside className={css.aside} aria-label="Checks and header">
          {token.checks.length > 0 && <Checks checks={token.checks} />}
          {token.envelopes?.map((envelope, index) => (
            <HeaderFacts
              key={index}
              title={`Encryption header: ${envelope.algorithms}`}
              header={envelope.header}
            />
          ))}
          <HeaderFacts header={header} bytes={token.size} inHeader={kind === 'access'} />
        </aside>
      </div>
    </div>
  )
}

interface Props {
  token: TokenView
  /** What the token is for, where that is known: only an access token travels in a header. */
  kind?: TokenKind
  /** What is known of the token beside its text. */
  facts?: ReactNode
  /** Is under the claims. */
  strip?: ReactNode
  /** Milliseconds that the issuer’s clock is ahead, where that is known. */
  skew?: number
  /** The defects are told where the text is. */
  marked?: boolean
}

/** What the left half says, by what kind of token it is. */
function Content({ token, marked }: { token: TokenView; marked: boolean }) {
  switch (token.format) {
    case 'jwt':
      return <ClaimsTable claims={token.claims} label="Claims" />
    case 'jwe':
      return (
        <Notice title="Encrypted">
          Only its recipient can read this token’s claims; its header is readable.
        </Notice>
      )
    case 'jws':
      return token.payload === null ? (
        <Notice title="Detached payload">
          The signed content is sent separately. Enter it above, with a key, to check the signature.
        </Notice>
      ) : (
        <>
          <h2 className={css.heading}>Payload</h2>
          <pre className={css.payload}>{token.payload}</pre>
        </>
      )
    case 'opaque':
      return <Notice title="Opaque token">{token.says}</Notice>
    case 'malformed':
      return (
        <>
          {!marked && (
            <Notice tone="bad" title="This is not a valid token">
              <ul className={css.defects}>
                {token.defects.map((defect) => (
                  <li key={defect.code}>
                    {defect.message} <code>{defect.code}</code>
                  </li>
                ))}
              </ul>
            </Notice>
          )}
          {token.claims && token.claims.length > 0 && (
            <>
              <h2 className={css.heading}>What could be read anyway</h2>
              <ClaimsTable claims={token.claims} label="Claims" />
            </>
          )}
        </>
      )
  }
}
