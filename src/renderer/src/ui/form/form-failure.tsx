import { useEffect, useRef } from 'react'
import type { Failure } from '@contract/result.ts'
import { Notice } from '../notice.tsx'

/** Why a form was not saved: at its field where the failure is about one, which then has the focus, else here, within
 *  sight. `atFields`: the codes that fields tell by `faultAt`. */
export function FormFailure({ failure, atFields = [] }: { failure: Failure | null; atFields?: string[] }) {
  const element = useRef<HTMLDivElement>(null)
  const shown = failure !== null && !atFields.includes(failure.code)
  useEffect(() => {
    if (failure === null) return
    const field = element.current?.closest('form')?.querySelector<HTMLElement>('[aria-invalid="true"]')
    if (field) field.focus()
    else element.current?.scrollIntoView({ block: 'nearest' })
  }, [failure])
  return (
    <div ref={element} hidden={!shown}>
      {shown && <Notice tone="bad" title={failure.message} next={failure.next} />}
    </div>
  )
}

/** What a field says of a failure that is about it; empty for any other. */
export function faultAt(failure: Failure | null, ...codes: string[]): string {
  return failure && codes.includes(failure.code) ? [failure.message, failure.next].join(' ').trim() : ''
}
