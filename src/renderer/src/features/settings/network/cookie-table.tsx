import { useState } from 'react'
import { Eye, EyeOff, Pencil, Trash2 } from 'lucide-react'
import type { CookieJarView, CookiesView, CookieView } from '@contract/network/cookies.ts'
import type { Result } from '@contract/result.ts'
import { moment } from '../../../lib/format.ts'
import { useNow } from '../../../lib/use-now.ts'
import { useWorkspace } from '../../../lib/workspace.ts'
import { Address } from '../../../ui/list/address.tsx'
import { IconButton } from '../../../ui/button.tsx'
import css from '../settings.module.css'

interface Props {
  jar: CookieJarView
  label: string
  onChange: (cookie: CookieView) => void
  onAnswer: (answer: Result<CookiesView>) => void
}

/** The cookies of one jar; a value is shown on request. */
export function CookieTable({ jar, label, onChange, onAnswer }: Props) {
  const { bridge, toasts } = useWorkspace()
  const now = useNow()
  const [shown, setShown] = useState<{ key: string; value: string } | null>(null)
  async function reveal(cookie: CookieView): Promise<void> {
    if (shown?.key === keyOf(cookie)) return setShown(null)
    const answer = await bridge.call['cookies:reveal'](placeOf(jar, cookie))
    if (answer.ok) setShown({ key: keyOf(cookie), value: answer.value.value })
    else toasts.getState().fail(answer.error)
  }
  return (
    <table className={css.backups} aria-label={label}>
      <thead>
        <tr>
          <th>Name</th>
          <th>Value</th>
          <th>Domain and path</th>
          <th>Expires</th>
          <th>
            <span className="visually-hidden">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {jar.cookies.map((cookie) => {
          const isShown = shown?.key === keyOf(cookie)
          return (
            <tr key={keyOf(cookie)}>
              <td className="mono wrap-any">{nameOf(cookie)}</td>
              <td className={isShown ? 'mono wrap-any' : 'mono'}>{isShown ? shown.value : '••••••••'}</td>
              <td className="wrap-any">
                <span className="mono">
                  {cookie.below ? '*.' : ''}
                  <Address text={cookie.domain + cookie.path} />
                </span>
                <span className={css.path}>{flagsOf(cookie)}</span>
              </td>
              <td>{cookie.expiresAt === undefined ? 'when removed' : moment(cookie.expiresAt, now)}</td>
              <td>
                <IconButton
                  label={`${isShown ? 'Hide' : 'Show'} ${nameOf(cookie)}`}
                  onClick={() => void reveal(cookie)}
                >
                  {isShown ? <EyeOff /> : <Eye />}
                </IconButton>
                <IconButton label={`Edit ${nameOf(cookie)}`} onClick={() => onChange(cookie)}>
                  <Pencil />
                </IconButton>
                <IconButton
                  label={`Remove ${nameOf(cookie)}`}
                  onClick={() =>
                    void bridge.call['cookies:remove'](placeOf(jar, cookie)).then((answer) =>
                      onAnswer(answer),
                    )
                  }
                >
                  <Trash2 />
                </IconButton>
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

/** A server may set one without a name. */
function nameOf({ name }: CookieView): string {
  return name === '' ? '(no name)' : name
}

function placeOf({ accountId }: CookieJarView, { name, domain, path }: CookieView) {
  return { accountId, name, domain, path }
}

function keyOf({ name, domain, path }: CookieView): string {
  return `${domain}${path} ${name}`
}

function flagsOf({ secure, httpOnly, sameSite }: CookieView): string {
  return [secure ? 'https only' : '', httpOnly ? 'HttpOnly' : '', sameSite ? `SameSite=${sameSite}` : '']
    .filter((flag) => flag !== '')
    .join(' · ')
}
