import {
  createContext,
  useContext,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
  type InputHTMLAttributes,
  type ReactNode,
  type SyntheticEvent,
  type TextareaHTMLAttributes,
} from 'react'
import css from './field.module.css'

interface FieldProps {
  label: string
  hint?: ReactNode
  error?: string
  children: ReactNode
}

interface Ids {
  label: string
  hint?: string
  error?: string
}

/** The ids of what a field says, for the control in it. */
const FieldIds = createContext<Ids | undefined>(undefined)

/** What a control in a field says of the field's error. */
export function useFault() {
  const error = useContext(FieldIds)?.error
  return error === undefined ? {} : { 'aria-invalid': true, 'aria-describedby': error }
}

/** The same of a control that no label names by itself, with its name and hint. */
export function useNamed() {
  const ids = useContext(FieldIds)
  const said = ids?.error ?? ids?.hint
  return {
    ...(ids && { 'aria-labelledby': ids.label }),
    ...(said !== undefined && { 'aria-describedby': said }),
    ...(ids?.error !== undefined && { 'aria-invalid': true }),
  }
}

/** What a form says in place of the browser's own bubble; the first of its fields that is wrong has the focus. */
function faultOf(event: SyntheticEvent, label: string): string {
  event.preventDefault()
  const { target } = event
  if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)) return ''
  if (target.form?.querySelector(':is(input, textarea):invalid') === target) target.focus()
  const { valueMissing, typeMismatch } = target.validity
  if (valueMissing) return `${label} is required.`
  return typeMismatch ? 'This is not a URL. It must start with https://.' : 'This value is not valid.'
}

/** After a press of the form's button the first field that is wrong has the focus. */
function focusFault(field: HTMLElement | null): void {
  const active = document.activeElement
  if (!(active === document.body || active?.matches('[type="submit"]') === true)) return
  field?.closest('form')?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
}

/** A control with its name above and a hint or an error below. */
export function Field({ label, hint, error: given, children }: FieldProps) {
  const id = useId()
  const [native, setNative] = useState('')
  const element = useRef<HTMLLabelElement>(null)
  useEffect(() => {
    if (given) focusFault(element.current)
  }, [given])
  const error = given || native
  const ids = useMemo(
    () => ({
      label: `${id}label`,
      ...(error ? { error: `${id}error` } : hint ? { hint: `${id}hint` } : {}),
    }),
    [id, error, hint],
  )
  return (
    <label
      ref={element}
      className={css.field}
      onInvalidCapture={(event) => setNative(faultOf(event, label))}
      onInput={() => setNative('')}
    >
      <span className={css.label} id={ids.label}>
        {label}
      </span>
      <FieldIds value={ids}>{children}</FieldIds>
      {error ? (
        <span className={css.error} id={`${id}error`} role="alert">
          {error}
        </span>
      ) : (
        hint && (
          <span className={css.hint} id={`${id}hint`}>
            {hint}
          </span>
        )
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
