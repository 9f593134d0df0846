// @ts-check
import { rmSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Runs before the fuses are set and anything is signed. electron-builder takes `default_app.asar` out of
 * releases only, not out of a runtime that it was given; a packaged app starts nothing but itself.
 * electron-builder takes the default export.
 * @param {{ appOutDir: string, packager: { getResourcesDir: (appOutDir: string) => string } }} context
 */
export default function afterPack({ appOutDir, packager }) {
  rmSync(join(packager.getResourcesDir(appOutDir), 'default_app.asar'), { force: true })
}
