import { execFileSync } from 'node:child_process'

/** How to start the built app: what `npm run --silent runtime` prints. */
export interface Runtime {
  electron: string
  version: string
  source: 'release' | 'registry'
  args: string[]
}

let known: Runtime | undefined

/** The runtime of this checkout; asked once. */
export const runtime = (): Runtime => {
  known ??= JSON.parse(
    process.env['GATEHOUSE_RUNTIME'] ??
      execFileSync('npm', ['run', '--silent', 'runtime'], {
        encoding: 'utf8',
        shell: process.platform === 'win32',
      }),
  ) as Runtime
  return known
}
