import type { ExchangeStep } from './flow.ts'

/** A word for a POSIX shell: nothing in it is expanded. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

/** A command that sends this request again; secrets stand as marks to be filled in. `--data-raw`, since
 *  `--data` would read a file where the body begins with `@`. */
export const toCurl = (
  step: Pick<ExchangeStep, 'method' | 'url' | 'requestHeaders' | 'requestBody'>,
): string => {
  const lines = [
    `curl --request ${quoted(step.method)} ${quoted(step.url)}`,
    ...step.requestHeaders.map(([name, value]) => `--header ${quoted(`${name}: ${value}`)}`),
    ...(step.requestBody === undefined || step.requestBody === ''
      ? []
      : [`--data-raw ${quoted(step.requestBody)}`]),
  ]
  return lines.join(' \\\n  ')
}
