import type { CertificateFacts } from '@contract/tokens/tokens.ts'
import { moment } from '../../lib/format.ts'
import { useNow } from '../../lib/use-now.ts'
import css from './checks.module.css'

/** The chain of certificates in a header, the one of the signer's key first. */
export function Certificates({ certificates }: { certificates: CertificateFacts[] }) {
  const now = useNow()
  return (
    <ol className={css.certificates}>
      {certificates.map((each, index) => (
        <li key={index} className="selectable wrap-any">
          {each.readable ? (
            <>
              <strong>{each.subject === '' ? 'No subject' : each.subject}</strong>
              <span className={css.says}>
                {each.selfSigned ? 'Self-signed' : `Issued by ${each.issuer}`}; {each.key}; valid from{' '}
                {moment(each.notBefore, now)} to {moment(each.notAfter, now)}.
              </span>
              <span className={css.says}>
                SHA-256 <span className="mono">{each.thumbprint}</span>
              </span>
            </>
          ) : (
            'Not a certificate'
          )}
        </li>
      ))}
    </ol>
  )
}
