import type { CaptureResult } from '@contract/sending/captures.ts'
import type { CheckResult } from '@contract/sending/checks.ts'
import { countCaptures, countChecks } from '@contract/tables/own-checks.ts'
import { Tag } from '../../../../ui/tag.tsx'
import css from './check-results.module.css'

/** How many checks passed. */
export function ChecksTag({ results }: { results: readonly CheckResult[] }) {
  const { passed, all } = countChecks(results)
  const failed = results.some(({ outcome }) => outcome === 'failed')
  const tone = failed ? 'bad' : passed === all ? 'ok' : 'warn'
  return (
    <Tag tone={tone}>
      {`${passed} of ${all} ${all === 1 ? 'check' : 'checks'}`}
      <span className={css.passed}> passed</span>
    </Tag>
  )
}

/** How many values were captured, or were not. */
export function CapturedTag({ results }: { results: readonly CaptureResult[] }) {
  const { captured, all } = countCaptures(results)
  return <Tag tone={captured === all ? 'ok' : 'warn'}>{capturedWords(results)}</Tag>
}

export function capturedWords(results: readonly CaptureResult[]): string {
  const { captured, all } = countCaptures(results)
  if (captured === all) return `${captured} captured`
  return all === 1 ? 'not captured' : `${all - captured} of ${all} not captured`
}
