// @ts-check
/** Every npm script comes through here: `node scripts/run.mjs COMMAND [ARGS]`, one file each in commands/. */
import { existsSync, readdirSync } from 'node:fs'
import { bootstrap } from './lib/bootstrap.mjs'
import { runMain, setupError } from './lib/fail.mjs'

const [command = '', ...args] = process.argv.slice(2)
const file = new URL(`./commands/${command}.mjs`, import.meta.url)

await runMain(async () => {
  if (!/^[a-z0-9-]+$/.test(command) || !existsSync(file)) {
    const names = readdirSync(new URL('./commands/', import.meta.url)).map((name) => name.replace('.mjs', ''))
    throw setupError(`there is no command “${command}”.`, `One of: ${names.sort().join(', ')}`)
  }
  return bootstrap(async () => {
    const { main } = await import(file.href)
    return { main: () => main(args) }
  })
})
