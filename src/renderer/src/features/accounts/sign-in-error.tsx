import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import type { SignInError } from '../../lib/directory.ts'

interface Props {
  error: SignInError
  onDismiss: () => void
  onRetry?: () => void
}

/** Whether our own words do not carry those of the provider already. */
const saysMore = ({ message, providerError }: SignInError): boolean =>
  providerError !== undefined && !message.includes(providerError)

/** Why a sign-in failed: our words, then the provider's own. */
export const SignInErrorNotice = ({ error, onDismiss, onRetry }: Props) => (
  <Notice
    tone="bad"
    title={error.message}
    next={error.next}
    actions={
      <>
        {onRetry && (
          <Button small onClick={onRetry}>
            Sign in again
          </Button>
        )}
        <Button small look="quiet" onClick={onDismiss}>
          Dismiss
        </Button>
      </>
    }
  >
    {saysMore(error) && (
      <p>
        The provider says <code>{error.providerError}</code>
        {error.providerDescription ? `: ${error.providerDescription}` : ''}
      </p>
    )}
  </Notice>
)
