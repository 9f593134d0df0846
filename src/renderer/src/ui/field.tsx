import {
  createContext,
  useContext,
  useId,
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
} from 'react'
import css from './field.module.css'

interface FieldProps {
  label: string
  hint?: ReactNode
  error?: string
  children: ReactNode
}

/** The id of what a field's error says, for the control in it. */
const ErrorId = createContext<string | undefined>(undefined)

/** What a control in a field says of the field's error. */
export function useFault() {
  const errorId = useContext(ErrorId)
  return errorId === undefined ? {} : { 'aria-invalid': true, 'aria-describedby': errorId }
}

/** A control with its name above and a hint or an error below. */
export function Field({ label, hint, error, children }: FieldProps) {
  const errorId = useId()
  return (
    <label className={css.field}>
      <span className={css.label}>{label}</span>
      <ErrorId value={error ? errorId : undefined}>{children}</ErrorId>
      {error ? (
        <span className={css.error} id={errorId} role="alert">
          {error}
        </span>
      ) : (
        hint && <span className={css.hint}>{hint}</span>
      )}
    </label>
  )
}

export function TextInput({
  mono,
  className,
  ...rest
}: InputHTMLAttributes<HTMLInputElement> & { mono?: boolean }) {
  return (
    <input
      type="text"
      spellCheck={false}
      autoComplete="off"
      className={[css.input, mono ? css.mono : '', className].join(' ')}
      {...useFault()}
      {...rest}
    />
  )
}

export function TextArea({ className, ...rest }: TextareaHTMLAttributes<HTMLTextAreaElement>) {
  return (
    <textarea
      spellCheck={false}
      className={[css.input, css.mono, css.area, className].join(' ')}
      {...useFault()}
      {...rest}
    />
  )
}

interface SelectProps extends Omit<SelectHTMLAttributes<HTMLSelectElement>, 'onChange'> {
  options: readonly (readonly [value: string, label: string])[]
  onPick: (value: string) => void
}

export function Select({ options, onPick, className, ...rest }: SelectProps) {
  return (
    <select
      className={[css.input, css.select, className].join(' ')}
      onChange={(event) => onPick(event.target.value)}
      {...rest}
    >
      {options.map(([value, label]) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  )
}

interface SwitchProps {
  label: string
  hint?: ReactNode
  checked: boolean
  disabled?: boolean
  onChange: (checked: boolean) => void
}

export function Switch({ label, hint, checked, disabled, onChange }: SwitchProps) {
  return (
    <label className={css.switchRow}>
      <input
        type="checkbox"
        role="switch"
        className={css.switch}
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>
        {label}
        {hint && <span className={css.hint}>{hint}</span>}
      </span>
    </label>
  )
}

interface ChoiceProps {
  legend: string
  value: string
  options: readonly (readonly [value: string, label: string])[]
  onPick: (value: string) => void
}

/** A few choices side by side: native radio buttons, so arrow keys and screen readers work. */
export function Choice({ legend, value, options, onPick }: ChoiceProps) {
  return (
    <fieldset className={css.choice}>
      <legend className="visually-hidden">{legend}</legend>
      {options.map(([key, label]) => (
        <label key={key} className={css.option}>
          <input
            type="radio"
            name={legend}
            value={key}
            checked={key === value}
            onChange={() => onPick(key)}
          />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  )
}
