import type { ExchangeStep } from './flow.ts'

/** A command that sends this request again; with marks in place of secrets, to be filled in. `--data-raw`, since
 *  `--data` would read a file where the body begins with `@`. */
export function toCurl(
  step: Pick<ExchangeStep, 'method' | 'url' | 'requestHeaders' | 'requestBody'>,
): string {
  const lines = [
    `curl --request ${quoted(step.method)} ${quoted(step.url)}`,
    ...step.requestHeaders.map(([name, value]) => `--header ${quoted(`${name}: ${value}`)}`),
    ...(step.requestBody === undefined || step.requestBody === ''
      ? []
      : [`--data-raw ${quoted(step.requestBody)}`]),
  ]
  return lines.join(' \\\n  ')
}

/** A word for a POSIX shell: nothing in it is expanded. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
