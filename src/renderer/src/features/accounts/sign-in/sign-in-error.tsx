import { LogIn } from 'lucide-react'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { ComparedValues } from '../../../ui/token/compared.tsx'
import type { SignInError } from '../../../lib/directory.ts'

interface Props {
  error: SignInError
  onDismiss: () => void
  onRetry?: () => void
  /** Shows the run that failed. */
  onFlow?: () => void
}

/** Why a sign-in failed: our words, then the provider's own. */
export function SignInErrorNotice({ error, onDismiss, onRetry, onFlow }: Props) {
  return (
    <Notice
      tone="bad"
      title={error.message}
      next={error.next}
      actions={
        <>
          {onRetry && (
            <Button small look="primary" icon={<LogIn />} onClick={onRetry}>
              Sign in again
            </Button>
          )}
          {onFlow && (
            <Button small onClick={onFlow}>
              See the flow
            </Button>
          )}
          <Button small look="quiet" onClick={onDismiss}>
            Dismiss
          </Button>
        </>
      }
    >
      {error.compared && <ComparedValues compared={error.compared} />}
      {saysMore(error) && (
        <p>
          The provider says <code>{error.providerError}</code>
          {error.providerDescription ? `: ${error.providerDescription}` : ''}
        </p>
      )}
    </Notice>
  )
}

/** Whether our own words do not carry those of the provider already. */
function saysMore({ message, providerError }: SignInError): boolean {
  return providerError !== undefined && !message.includes(providerError)
}
