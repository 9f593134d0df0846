type Labels = Readonly<Record<string, string>>

const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const mostSeries = 500

export type Metrics = {
  count: (name: keyof typeof counters, labels: Labels) => void
  time: (labels: Labels, seconds: number) => void
  /** The Prometheus text format, version 0.0.4. */
  text: () => string
}

const counters = {
  requests_total: 'Requests answered',
  tokens_total: 'Token responses by grant',
  refusals_total: 'Refusals by error code',
  faults_total: 'Faults that took effect',
  findings_total: 'Client errors found',
} as const

/** What happened since the start. Labels are closed lists or cut, so that a client cannot fill the memory. */
export function createMetrics(): Metrics {
  const counts = new Map<string, number>()
  const times = new Map<string, { sum: number; count: number; buckets: number[] }>()
  const started = process.hrtime.bigint()

  return {
    count: (name, labels) => {
      const key = `playground_${name}${shown(labels)}`
      if (!counts.has(key) && counts.size >= mostSeries) return
      counts.set(key, (counts.get(key) ?? 0) + 1)
    },
    time: (labels, seconds) => {
      const key = JSON.stringify(labels)
      let series = times.get(key)
      if (!series) {
        if (times.size >= mostSeries) return
        series = { sum: 0, count: 0, buckets: buckets.map(() => 0) }
        times.set(key, series)
      }
      const { buckets: filled } = series
      series.sum += seconds
      series.count += 1
      buckets.forEach((most, index) => {
        if (seconds <= most) filled[index] = (filled[index] ?? 0) + 1
      })
    },
    text: () => {
      const lines: string[] = []
      for (const [name, help] of Object.entries(counters)) {
        lines.push(`# HELP playground_${name} ${help}`, `# TYPE playground_${name} counter`)
        for (const [key, value] of counts)
          if (key.startsWith(`playground_${name}{`)) lines.push(`${key} ${value}`)
      }
      const duration = 'playground_request_duration_seconds'
      lines.push(`# HELP ${duration} How long responses took`, `# TYPE ${duration} histogram`)
      for (const [key, { sum, count, buckets: filled }] of times) {
        const labels = JSON.parse(key) as Labels
        buckets.forEach((most, index) =>
          lines.push(`${duration}_bucket${shown({ ...labels, le: String(most) })} ${filled[index]}`),
        )
        lines.push(`${duration}_bucket${shown({ ...labels, le: '+Inf' })} ${count}`)
        lines.push(`${duration}_sum${shown(labels)} ${sum}`, `${duration}_count${shown(labels)} ${count}`)
      }
      const seconds = Number(process.hrtime.bigint() - started) / 1e9
      lines.push(
        '# HELP playground_uptime_seconds Since the start',
        '# TYPE playground_uptime_seconds gauge',
        `playground_uptime_seconds ${seconds}`,
        '# HELP process_resident_memory_bytes Resident memory',
        '# TYPE process_resident_memory_bytes gauge',
        `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
      )
      return `${lines.join('\n')}\n`
    },
  }
}

function shown(labels: Labels): string {
  return `{${Object.entries(labels)
    .map(
      ([name, value]) =>
        `${name}="${value
          .slice(0, 60)
          .replace(/[^ -~]/g, '?')
          .replace(/[\\"]/g, "'")}"`,
    )
    .join(',')}}`
}
