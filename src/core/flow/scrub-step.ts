import { defined } from '@contract/defined'
import type { Scrubber } from '../secrecy/scrub.ts'
import type { FlowStep } from './flow.ts'

/** A step without the secrets that are known to the scrubber; the words that tell steps apart stay. */
export function scrubStep<Step extends FlowStep>(step: Step, scrub: Scrubber): Step {
  return {
    ...scrub.data(step),
    kind: step.kind,
    ...defined({ purpose: step.kind === 'exchange' ? step.purpose : undefined }),
  }
}
