// @ts-check
/** Every npm script comes through here: `node scripts/run.mjs COMMAND [ARGS]`, one file each in commands/. */
import { existsSync, readdirSync } from 'node:fs'
import { bootstrap } from './lib/bootstrap.mjs'
import { runMain, setupError } from './lib/fail.mjs'

const [command = '', ...args] = process.argv.slice(2)
const file = new URL(`./commands/${command}.mjs`, import.meta.url)

const failed = await runMain(async () => {
  if (!/^[a-z0-9-]+$/.test(command) || !existsSync(file)) {
    const names = readdirSync(new URL('./commands/', import.meta.url)).map((name) => name.replace('.mjs', ''))
    throw setupError(`there is no command “${command}”.`, `One of: ${names.sort().join(', ')}`)
  }
  return bootstrap(async () => {
    const { main } = await import(file.href)
    return { main: () => main(args) }
  })
})
// Not even the packages could be installed: a test run still ends with its one line.
if (command === 'test' && failed) process.stdout.write('0 passed, 1 failed\n')
