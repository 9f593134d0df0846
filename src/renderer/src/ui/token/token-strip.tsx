import type { ReactNode } from 'react'
import css from './token-strip.module.css'

interface Props {
  /** The openings of header and payload; none for tokens that are not JWTs. */
  preview?: { header: string; payload: string }
  /** The text, while the user has asked to see it. */
  text?: string
  actions: ReactNode
}

const colours = [css.header, css.payload, css.signature]

/** The token as text: covered until it is asked for. */
export function TokenStrip({ preview, text, actions }: Props) {
  return (
    <div className={css.strip} data-open={text !== undefined}>
      <div className={`mono ${css.text}`} aria-label="Token text">
        {text !== undefined ? (
          text.split('.').map((segment, index) => (
            <span key={index}>
              {index > 0 && '.'}
              <span className={colours[index]}>{segment}</span>
            </span>
          ))
        ) : preview ? (
          <>
            <span className={css.header}>{preview.header}…</span>.
            <span className={css.payload}>{preview.payload}…</span>.
            <span className={css.signature}>••••••••••</span>
          </>
        ) : (
          '••••••••••••••••••••'
        )}
      </div>
      <div className={css.actions}>{actions}</div>
    </div>
  )
}
