import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPlayground, type PlaygroundOptions } from '../../../src/playground/index.ts'

/** A provider that runs apart from the app, so that it goes on when the app is closed. */
export const startProvider = async (configuration: PlaygroundOptions['configuration'] = {}) => {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-provider-'))
  const playground = await startPlayground({
    dataDirectory: folder,
    issuerPort: 0,
    apiPort: 0,
    configuration,
  })
  return {
    issuer: playground.issuer,
    api: playground.apiBase,
    async stop() {
      await playground.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export type Provider = Awaited<ReturnType<typeof startProvider>>
