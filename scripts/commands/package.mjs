// @ts-check
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ensureBuilt } from '../lib/build.mjs'
import { root } from '../lib/paths.mjs'
import { runVisibly } from '../lib/run.mjs'
import { prepareRuntime } from '../lib/runtime.mjs'
import { say } from '../lib/say.mjs'

/** Licences, notices and the bill of materials, for the package to take along. @param {string} electron its version */
async function writePapers(electron) {
  const { shippedPackages } = await import('../package/shipped.mjs')
  const { writeNotices } = await import('../package/notices.mjs')
  const { writeBillOfMaterials } = await import('../package/bill-of-materials.mjs')
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const packages = shippedPackages()
  const folder = join(root, 'out', 'papers')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'THIRD-PARTY-NOTICES.txt'), writeNotices(packages))
  writeFileSync(join(folder, 'sbom.cdx.json'), writeBillOfMaterials({ version, electron, packages }))
  copyFileSync(join(root, 'LICENSE'), join(folder, 'LICENSE.gatehouse.txt'))
  say(`Licences of ${packages.length} packages and the bill of materials are written.`)
}

/** `npm run package [-- ARGS]`: the packaged app in dist/. @param {string[]} args for electron-builder */
export async function main(args) {
  const { electron, version, source } = await prepareRuntime()
  await ensureBuilt()
  await writePapers(version)
  const builder = join(root, 'node_modules', 'electron-builder', 'cli.js')
  const own = ['--publish', 'never', '-c.npmRebuild=false']
  if (source === 'registry') {
    say(`Packaging with Electron ${version} of the npm registry: for testing, never for users.`)
    own.push('--linux', 'dir', `-c.electronDist=${dirname(electron)}`, `-c.electronVersion=${version}`)
  }
  return runVisibly(process.execPath, [builder, ...own, ...args], { cwd: root })
}
