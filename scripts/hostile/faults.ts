import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { performFault } from '../../tests/support/faults/perform.ts'
import { faults } from '../../tests/support/faults/table.ts'
import { openWorld } from '../../tests/support/faults/world.ts'
import { scanForSecrets } from '../../tests/support/scan.ts'
import type { Attack } from './words.ts'

/** Sends into each fault of the network so often: the right words, in time, nothing that stays open, and nothing secret at
 *  another origin, in the window or in the profile. */
export const attackNetwork: Attack = async ({ count, tell }) => {
  const wrong: string[] = []
  function onWarning(warning: Error): void {
    wrong.push(`a warning: ${warning.name}: ${warning.message}`)
  }
  function onRejection(reason: unknown): void {
    wrong.push(`unhandled: ${String(reason)}`)
  }
  process.on('warning', onWarning).on('unhandledRejection', onRejection)
  // Its own, so that nothing of others is counted.
  const usual = process.env['TMPDIR']
  const temporary = mkdtempSync(join(tmpdir(), 'gatehouse-hostile-'))
  process.env['TMPDIR'] = temporary
  // Bundled, it is beside the thread; it is always run in the checkout.
  const script = join(dirname(fileURLToPath(import.meta.url)), 'bodies.mjs')
  const world = await openWorld({ certificates: 'tests/support/certificates', script })
  let slowest = 0
  let asked = 0
  try {
    for (const fault of faults) {
      const outcome = await performFault(world, fault, count)
      wrong.push(...outcome.wrong.map((line) => `${fault.name}: ${line}`))
      slowest = Math.max(slowest, outcome.slowest)
      asked += outcome.asked
      tell(`${fault.name}: ${Math.round(outcome.slowest)} ms at most, ${outcome.wrong.length} wrong`)
    }
    const found = await scanForSecrets(world.folder, world.secrets)
    wrong.push(...found.map(({ file, secret, encoding }) => `the ${secret} is in ${file} (${encoding})`))
    const left = world.longBodies()
    if (left.length > 0) wrong.push(`${left.length} long bodies are left`)
    await world.close()
  } finally {
    world.remove()
    process.off('warning', onWarning).off('unhandledRejection', onRejection)
  }
  if (usual === undefined) delete process.env['TMPDIR']
  else process.env['TMPDIR'] = usual
  const left = readdirSync(temporary)
  rmSync(temporary, { recursive: true, force: true })
  if (left.length > 0) wrong.push(`temporary files are left: ${left.join(', ')}`)
  return {
    tried: count * faults.length,
    wrong,
    figures: { faults: faults.length, otherOriginAsked: asked, slowestMs: Math.round(slowest) },
  }
}
