import type { ButtonHTMLAttributes, MouseEvent, ReactNode } from 'react'
import css from './button.module.css'

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: 'plain' | 'primary' | 'quiet' | 'danger'
  small?: boolean
  icon?: ReactNode
  /** At work: says so, and cannot be pressed again. */
  busy?: boolean
}

export function Button({ look = 'plain', small, icon, busy, className, children, onClick, ...rest }: Props) {
  return (
    <button
      type="button"
      className={[css.button, css[look], small ? css.small : '', className].join(' ')}
      aria-busy={busy || undefined}
      {...rest}
      // Switched off it would lose the focus, which whoever waits for it needs afterwards.
      aria-disabled={busy || rest['aria-disabled']}
      onClick={busy ? stay : onClick}
    >
      {busy ? <span className={css.spinner} aria-hidden="true" /> : icon}
      {children}
    </button>
  )
}

/** Pressed while at work: neither its own action nor that of its form. */
function stay(event: MouseEvent): void {
  event.preventDefault()
}

interface IconProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  label: string
}

/** A button that shows an icon only: its name is told and shown on hover. */
export function IconButton({ label, className, children, ...rest }: IconProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={[css.icon, className].join(' ')}
      {...rest}
    >
      {children}
    </button>
  )
}
