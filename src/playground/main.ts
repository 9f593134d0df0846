import { runProgram } from './program.ts'
import { openBetterSqlite } from './storage/better-sqlite.ts'

/** The playground as it comes with the app. */
runProgram(openBetterSqlite)
