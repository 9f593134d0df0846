import type { FlowWire } from '@contract/flows.ts'
import css from './message-detail.module.css'

const hidden = '•••'

/** Text with its secrets dimmed. */
export function Redacted({ text }: { text: string }) {
  return text.split(hidden).map((part, index) => (
    <span key={index}>
      {index > 0 && (
        <span className={css.secret} title="Secret removed">
          ••••••
        </span>
      )}
      {part}
    </span>
  ))
}

/** The first line of a message, a line for each parameter of its URL. */
export function StartLine({ start }: { start: string }) {
  return (
    <pre className={css.start} aria-label="Start line" tabIndex={0}>
      {start.split(/(?=[?&#])/).map((part, index) => (
        <span key={index} className={css.part}>
          <Redacted text={part} />
        </span>
      ))}
    </pre>
  )
}

/** Headers and body, folded away. */
export function RawMessage({ wire }: { wire: FlowWire }) {
  return (
    <>
      {wire.headers.length > 0 && (
        <details className={css.raw}>
          <summary>Headers ({wire.headers.length})</summary>
          <pre tabIndex={0} aria-label="Headers">
            {wire.headers.map(([name, value], index) => (
              <span key={index} className={css.line}>
                <span className={css.name}>{name}: </span>
                <Redacted text={value} />
              </span>
            ))}
          </pre>
        </details>
      )}
      {wire.body && (
        <details className={css.raw}>
          <summary>Body{wire.bodyCut ? ', cut' : ''}</summary>
          <pre tabIndex={0} aria-label="Body">
            <Redacted text={pretty(wire.body)} />
          </pre>
        </details>
      )}
    </>
  )
}

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}
