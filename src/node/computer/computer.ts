import type { Computer } from '../../core/records/computer.ts'
import { runCommand } from './run-command.ts'

/** This computer. */
export const computer: Computer = {
  environmentValue: (name) => process.env[name],
  run: (command) => runCommand(command),
}
