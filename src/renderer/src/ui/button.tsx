import type { ButtonHTMLAttributes, ReactNode } from 'react'
import css from './button.module.css'

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: 'plain' | 'primary' | 'quiet' | 'danger'
  small?: boolean
  icon?: ReactNode
  /** At work: says so, and cannot be pressed again. */
  busy?: boolean
}

export function Button({ look = 'plain', small, icon, busy, className, children, disabled, ...rest }: Props) {
  return (
    <button
      type="button"
      className={[css.button, css[look], small ? css.small : '', className].join(' ')}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      {...rest}
    >
      {busy ? <span className={css.spinner} aria-hidden="true" /> : icon}
      {children}
    </button>
  )
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
