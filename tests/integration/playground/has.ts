import { execFileSync } from 'node:child_process'

/** Whether a program is here that a test needs; such tests say that they were skipped where it is not. */
export function has(program: string, ...options: string[]): boolean {
  try {
    execFileSync(program, options, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
