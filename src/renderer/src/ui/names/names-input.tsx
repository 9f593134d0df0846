import { useRef, type InputHTMLAttributes, type Ref, type TextareaHTMLAttributes } from 'react'
import { useFault } from '../field.tsx'
import { useNames, type NamesProps } from './names-field.tsx'
import css from './names-field.module.css'

type Own = keyof NamesProps | 'onChange' | 'className'

interface InputProps extends NamesProps, Omit<InputHTMLAttributes<HTMLInputElement>, Own> {
  ref?: Ref<HTMLInputElement>
  className?: string
}

/** An input that knows the `{{names}}` in its text. It is dressed by what is around it. */
export function NamesInput({
  ref,
  value,
  variables,
  suggestions,
  onText,
  className,
  onKeyDown,
  ...rest
}: InputProps) {
  const box = useRef<HTMLInputElement>(null)
  const hidden = rest.type === 'password'
  const { field, around } = useNames({ box, value, variables, suggestions, onText, hidden })
  const fault = useFault()
  return around(
    <input
      spellCheck={false}
      autoComplete="off"
      {...fault}
      {...rest}
      {...field}
      onKeyDown={(event) => {
        field.onKeyDown(event)
        // What the list took is not for others.
        if (!event.defaultPrevented) onKeyDown?.(event)
      }}
      className={css.box}
      ref={(element) => {
        box.current = element
        if (typeof ref === 'function') ref(element)
        else if (ref) ref.current = element
      }}
    />,
    className,
  )
}

interface AreaProps extends NamesProps, Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, Own> {
  className?: string
  says?: string
}

/** A secret, or the name of a variable in its place: a name is shown, a secret never. */
export function SecretNamesInput({ value, ...rest }: Omit<InputProps, 'type'>) {
  return <NamesInput type={value.startsWith('{{') ? 'text' : 'password'} value={value} {...rest} />
}

/** The same for several lines. */
export function NamesArea({ value, variables, onText, className, says, ...rest }: AreaProps) {
  const box = useRef<HTMLTextAreaElement>(null)
  const { field, around } = useNames({ box, value, variables, onText, lines: true, says })
  const fault = useFault()
  return around(
    <textarea spellCheck={false} {...fault} {...rest} {...field} className={css.box} ref={box} />,
    className,
  )
}
