import type { ReactNode } from 'react'
import { Button } from '../../../ui/button.tsx'
import css from './body-editor.module.css'

interface Props {
  /** What is wrong with the text above. */
  problem: string | null
  /** What is said where nothing is wrong. */
  children: ReactNode
  /** Left out where there is nothing to format. */
  onFormat?: (() => void) | undefined
  /** What the button formats, where there are several. */
  what?: string
  /** It is tried whatever the problem is: a query may name what a schema does not have. */
  always?: boolean
}

/** Below an editor: what is wrong with its text, and a button that formats it. */
export function CodeFoot({ problem, children, onFormat, what, always = false }: Props) {
  return (
    <div className={css.foot}>
      <span className={css.problem} role="status">
        {problem}
      </span>
      {!problem && <span className="faint">{children}</span>}
      <span className="grow" />
      <Button
        look="quiet"
        small
        aria-label={what && `Format ${what}`}
        disabled={(problem !== null && !always) || !onFormat}
        onClick={onFormat}
      >
        Format
      </Button>
    </div>
  )
}
