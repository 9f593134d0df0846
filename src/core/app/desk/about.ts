import type { AboutView, Place, PlaceView } from '@contract/about'
import type { Bootstrap } from '@contract/app'
import type { Protection } from '@contract/vault'
import type { BackupsView } from '@contract/backups'
import type { HistoryLimits } from '@contract/words'
import { fail, ok, type Result } from '@contract/result'
import { flowLimits } from '../../flow/flow.ts'
import { clearAfterSeconds, hideAfterSeconds } from '../tokens/token-actions.ts'

/** What Gatehouse runs on, and where it is there. */
export interface Machine {
  versions: Omit<AboutView['versions'], 'gatehouse'>
  system: AboutView['system']
  places: () => PlaceView[]
  /** Shows it in the file manager; false where it is not there. */
  show: (place: Place) => boolean
}

interface Dependencies {
  about: Pick<Bootstrap, 'version'>
  machine: Machine
  protection: () => Protection
  backups: () => BackupsView
  history: () => HistoryLimits
  copyText: (text: string) => Promise<void>
}

/** What can be asked of Gatehouse itself. Code: `place_missing`. */
export function createAbout(deps: Dependencies) {
  const versions = (): AboutView['versions'] => ({
    gatehouse: deps.about.version,
    ...deps.machine.versions,
  })
  return {
    read(): Result<AboutView> {
      const { backups, lastCheck } = deps.backups()
      const history = deps.history()
      const last = backups.find(({ kind }) => kind === 'routine')
      return ok({
        versions: versions(),
        system: deps.machine.system,
        places: deps.machine.places(),
        kept: {
          exchanges: history.exchanges,
          bytes: history.megabytes * 1_000_000,
          days: history.days,
          flows: flowLimits.flows,
          hideAfterSeconds,
          clearAfterSeconds,
        },
        ...(last && { lastBackup: { at: last.at, size: last.size } }),
        ...(lastCheck && { lastCheck }),
      })
    },
    /** For whoever reads a bug report: nothing that names a person, a provider or a folder. */
    async copyReport(): Promise<Result<null>> {
      const { gatehouse, electron, chromium, node } = versions()
      const { name, release, architecture, desktop } = deps.machine.system
      const { kind, backend } = deps.protection()
      const { lastCheck } = deps.backups()
      const lines = [
        `Gatehouse ${gatehouse}`,
        `Electron ${electron}, Chromium ${chromium}, Node ${node}`,
        [name, release, architecture, ...(desktop === undefined ? [] : [desktop])].join(', '),
        `Vault: ${kind} (${backend})`,
        `Database: ${!lastCheck ? 'not checked yet' : lastCheck.problems.length === 0 ? 'intact' : 'damaged'}`,
      ]
      await deps.copyText(`${lines.join('\n')}\n`)
      return ok(null)
    },
    show({ place }: { place: Place }): Result<null> {
      return deps.machine.show(place)
        ? ok(null)
        : fail('place_missing', 'It does not exist.', 'Nothing has been written there yet, or it was moved.')
    },
  }
}
