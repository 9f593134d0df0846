import { runProgram } from './program.ts'
import { openNodeSqlite } from './storage/node-sqlite.ts'

/** The playground as one file for Node 24: nothing but Node has to be there. */
runProgram(openNodeSqlite)
