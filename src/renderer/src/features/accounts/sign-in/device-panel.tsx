import { useMemo, useState } from 'react'
import { Copy, ExternalLink } from 'lucide-react'
import qrcode from 'qrcode-generator'
import type { PendingSignIn } from '@contract/accounts.ts'
import type { Failure } from '@contract/result.ts'
import { clock } from '../../../lib/format.ts'
import { useNow } from '../../../lib/use-now.ts'
import { useWorkspace } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { Ring } from '../../../ui/ring.tsx'
import css from './sign-in-panel.module.css'

/** A code that waits to be entered on another device (RFC 8628 section 3.3). */
export function DevicePanel({ pending, device }: Props) {
  const { bridge, toasts } = useWorkspace()
  const now = useNow()
  const [failure, setFailure] = useState<Failure | null>(null)
  const { id } = pending
  const { userCode, verificationUri, verificationUriComplete, trouble, notes = [] } = device

  async function run(call: 'sign-in:open-again' | 'sign-in:copy-url' | 'sign-in:cancel'): Promise<void> {
    const answer = await bridge.call[call]({ id })
    setFailure(answer.ok ? null : answer.error)
    if (answer.ok && call === 'sign-in:copy-url') toasts.getState().show('Address copied.', 'ok')
  }
  return (
    <section className={css.panel} aria-label={`Device code for ${pending.connectionName}`}>
      <div className={css.head} role="status">
        <Ring life={{ issuedAt: pending.startedAt, expiresAt: pending.expiresAt }} size={32} />
        <div className="grow">
          <strong>Waiting for the code to be entered</strong>
          <p className="note">
            {verificationUriComplete
              ? 'Scan the QR code with a phone, or open the address on any device and enter the code.'
              : 'Open the address on any device, then enter the code.'}{' '}
            {pending.survivesRestart
              ? 'Gatehouse continues automatically, even after a restart.'
              : 'Keep Gatehouse open until then.'}
          </p>
        </div>
        <span className={`mono ${css.left}`}>{clock(pending.expiresAt - now)} left</span>
      </div>
      <div className={css.device}>
        <QrCode
          text={verificationUriComplete ?? verificationUri}
          label={`QR code of ${verificationUriComplete ?? verificationUri}`}
        />
        <dl className="selectable">
          <dt>Code</dt>
          <dd className={css.code} aria-label={`Code ${Array.from(userCode).join(' ')}`}>
            {userCode}
          </dd>
          <dt>Address</dt>
          <dd className="mono wrap-any">{verificationUri}</dd>
        </dl>
      </div>
      {notes.map((note) => (
        <p key={note} className="note">
          {note}
        </p>
      ))}
      {trouble && (
        <Notice tone="warn" title="The provider did not respond last time">
          {trouble} Gatehouse will try again.
        </Notice>
      )}
      {failure && <Notice tone="bad" title={failure.message} next={failure.next} />}
      <div className={css.actions}>
        <Button icon={<ExternalLink />} onClick={() => void run('sign-in:open-again')}>
          Open it here
        </Button>
        <Button icon={<Copy />} onClick={() => void run('sign-in:copy-url')}>
          Copy the address
        </Button>
        <span className="grow" />
        <Button look="danger" onClick={() => void run('sign-in:cancel')}>
          Cancel
        </Button>
      </div>
    </section>
  )
}

interface Props {
  pending: PendingSignIn
  device: NonNullable<PendingSignIn['device']>
}

/** A QR code as one SVG path; dark on light whatever the theme, since cameras want it so. */
function QrCode({ text, label }: { text: string; label: string }) {
  const { size, path } = useMemo(() => {
    const code = qrcode(0, 'M')
    code.addData(text)
    code.make()
    const count = code.getModuleCount()
    const dark = Array.from({ length: count * count }, (_, index) => index).filter((index) =>
      code.isDark(Math.floor(index / count), index % count),
    )
    return {
      size: count,
      path: dark.map((index) => `M${index % count} ${Math.floor(index / count)}h1v1h-1z`).join(''),
    }
  }, [text])
  return (
    <svg
      className={css.qr}
      role="img"
      aria-label={label}
      viewBox={`-3 -3 ${size + 6} ${size + 6}`}
      shapeRendering="crispEdges"
    >
      <path fill="#fff" d={`M-3 -3h${size + 6}v${size + 6}h-${size + 6}z`} />
      <path fill="#000" d={path} />
    </svg>
  )
}
