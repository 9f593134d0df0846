import type { InputHTMLAttributes } from 'react'
import { TextInput } from './field.tsx'

interface Props extends Omit<InputHTMLAttributes<HTMLInputElement>, 'type' | 'maxLength' | 'onChange'> {
  autoComplete: 'current-password' | 'new-password' | 'off'
  value: string
  onType: (text: string) => void
}

/** A password of ours: as long as the contract takes, and never shown. */
export function PasswordInput({ onType, ...rest }: Props) {
  return (
    <TextInput type="password" maxLength={1024} onChange={(event) => onType(event.target.value)} {...rest} />
  )
}
