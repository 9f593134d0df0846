import { createLogbook } from '../grading/logbook.ts'
import type { Observation } from '../grading/observation.ts'
import { createRecorder } from '../grading/recorder.ts'
import type { Clock } from './clock.ts'
import type { Log } from './log.ts'
import type { createMetrics } from './metrics.ts'

/** Who is told of every request of a client: the grades, the log book, the figures, and the log. */
export function createObservers(clock: Clock, metrics: ReturnType<typeof createMetrics>, log: Log) {
  const recorder = createRecorder((finding) => metrics.count('findings_total', { check: finding.check }))
  const logbook = createLogbook()

  function observe(seen: Observation): void {
    const { endpoint, method, path, client, status, error, reason, requestId } = seen
    metrics.count('requests_total', { endpoint, status: String(status) })
    metrics.time({ endpoint }, Math.max(0, clock.now() - seen.at) / 1000)
    if (error !== undefined) metrics.count('refusals_total', { endpoint, error })
    if (seen.answer.tokens)
      metrics.count('tokens_total', { grant: seen.form?.get('grant_type') ?? 'unknown' })
    for (const fault of seen.faults) metrics.count('faults_total', { fault })
    logbook.add(seen, recorder.observe(seen))
    log('info', `${method} ${path.slice(0, 200)} ${status}`, { request: requestId, client, error, reason })
  }
  return { recorder, logbook, observe }
}
