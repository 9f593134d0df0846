import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { isAbsolute, parse } from 'node:path'
import { fail, ok, type Result } from '@contract/result'

/** Milliseconds that a command may take: whoever has to touch a key needs some. */
const timeLimit = 30_000
/** Bytes that it may say. */
const sizeLimit = 65_536

/** Runs a program without a shell and answers what it says, without the line break at the end. A program is found by its
 *  name or at its whole path, never beside a collection: who may change the folder is not to choose what runs. Codes:
 *  `command_refused`, `command_failed`. */
export async function runCommand(
  [program = '', ...parts]: readonly string[],
  limits: { time?: number } = {},
): Promise<Result<string>> {
  if (program === '' || (/[\\/]/.test(program) && !isAbsolute(program)))
    return fail(
      'command_refused',
      `“${program.slice(0, 200)}” is neither the name of a program nor a full path.`,
      'Enter the program’s name, or its full path.',
    )
  return new Promise((done) => {
    const child = execFile(
      program,
      parts,
      {
        cwd: whereItRuns(),
        encoding: 'utf8',
        timeout: limits.time ?? timeLimit,
        killSignal: 'SIGKILL',
        maxBuffer: sizeLimit,
        shell: false,
        windowsHide: true,
      },
      (error, stdout, stderr) => {
        if (error === null) done(ok(stdout.replace(/\r?\n$/, '')))
        else done(failed(program, error, stderr))
      },
    )
    // No one is there to answer what it asks.
    child.stdin?.end()
  })
}

/** The home folder; where there is none, a folder that only the system fills. */
function whereItRuns(): string {
  const home = homedir()
  return existsSync(home) ? home : parse(home).root
}

function failed(program: string, error: Error & { code?: unknown; killed?: boolean }, stderr: string) {
  const said = stderr.trim().split('\n', 1)[0]?.slice(0, 200) ?? ''
  return fail(
    'command_failed',
    `The command “${program.slice(0, 200)}” ${why(error)}.${said === '' ? '' : ` It said: ${said}`}`,
    'Run it in a terminal to see what is missing.',
  )
}

function why({ code, killed }: { code?: unknown; killed?: boolean }): string {
  if (code === 'ENOENT') return 'was not found'
  if (code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return 'returned more than 64 KB'
  if (killed === true) return 'took too long'
  return typeof code === 'number' ? `ended with code ${code}` : 'could not be run'
}
