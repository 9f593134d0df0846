import type { ExchangeStep } from './flow.ts'

/** An option of curl, and what it is given. */
export type CurlOption = readonly [name: string, value?: string]

/** A command that sends this request again; with marks in place of secrets, to be filled in. `--data-raw`, since
 *  `--data` would read a file where the body begins with `@`. */
export function toCurl(
  step: Pick<ExchangeStep, 'method' | 'url' | 'requestHeaders' | 'requestBody'>,
  further: readonly CurlOption[] = [],
): string {
  const lines = [
    `curl --request ${quoted(step.method)} ${quoted(step.url)}`,
    ...step.requestHeaders.map(([name, value]) => `--header ${quoted(`${name}: ${value}`)}`),
    ...(step.requestBody === undefined || step.requestBody === ''
      ? []
      : [`--data-raw ${quoted(step.requestBody)}`]),
    ...further.map(([name, value]) => (value === undefined ? name : `${name} ${quoted(value)}`)),
  ]
  return lines.join(' \\\n  ')
}

/** A word for a POSIX shell: nothing in it is expanded. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
