// @ts-check
/**
 * What Electron's releases carry as resources/default_app.asar, in small: it starts the app whose folder is
 * named on the command line. The registry runtime lacks it; with it both runtimes are started alike, and
 * one cached runtime serves every checkout.
 */
const main = `import { app } from 'electron'
import fs from 'node:fs'
import Module from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const modules = []
let folder
const args = process.argv.slice(1)
for (let at = 0; at < args.length && folder === undefined; at += 1) {
  if (args[at] === '-r' || args[at] === '--require') modules.push(args[(at += 1)])
  else if (!args[at].startsWith('-')) folder = path.resolve(args[at])
}
if (modules.length > 0) Module._preloadModules(modules)
if (folder === undefined) {
  process.stderr.write('Usage: electron [options] APP-FOLDER\\n')
  app.exit(2)
} else {
  Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true })
  const manifest = path.join(folder, 'package.json')
  if (fs.existsSync(manifest)) {
    const about = JSON.parse(fs.readFileSync(manifest, 'utf8'))
    if (about.version) app.setVersion(about.version)
    app.name = about.productName ?? about.name ?? app.name
    app.setDesktopName(about.desktopName ?? app.name + '.desktop')
  }
  const file = Module._resolveFilename(folder, null, true)
  app.setAppPath(fs.existsSync(manifest) ? folder : path.dirname(file))
  await import(pathToFileURL(file).href)
}
`

/** @param {number} value */
const uint32 = (value) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

/**
 * Packs files into an asar archive (header: two length-prefixed Chromium pickles, then the contents).
 * @param {Record<string, string>} files @returns {Buffer}
 */
export function packAsar(files) {
  let offset = 0
  /** @type {Record<string, { size: number, offset: string }>} */
  const index = {}
  const contents = Object.entries(files).map(([name, text]) => {
    const bytes = Buffer.from(text)
    index[name] = { size: bytes.length, offset: String(offset) }
    offset += bytes.length
    return bytes
  })
  const json = Buffer.from(JSON.stringify({ files: index }))
  const padding = Buffer.alloc((4 - (json.length % 4)) % 4)
  const payload = Buffer.concat([uint32(json.length), json, padding])
  const header = Buffer.concat([uint32(payload.length), payload])
  return Buffer.concat([uint32(4), uint32(header.length), header, ...contents])
}

/** The archive to be written as resources/default_app.asar. @returns {Buffer} */
export function defaultApp() {
  const about = JSON.stringify({ name: 'electron', productName: 'Electron', main: 'main.js', type: 'module' })
  return packAsar({ 'package.json': about, 'main.js': main })
}
