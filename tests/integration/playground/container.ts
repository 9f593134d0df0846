import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { has } from './has.ts'

const execute = promisify(execFile)
const image = 'localhost/gatehouse-playground'
/** Without a registry and without an engine: whole copies instead of overlays, a chroot instead of a container. */
const storage = { STORAGE_DRIVER: 'vfs', BUILDAH_ISOLATION: 'chroot' }
const env = { ...process.env, ...storage }

/** The image can be built and run here: buildah, debootstrap for a base without a registry, and root for both. */
export const canRunImages =
  process.getuid?.() === 0 &&
  has('buildah', '--version') &&
  has('debootstrap', '--version') &&
  has('unshare', '--mount', 'true')

type ImageConfig = {
  User: string
  Env: string[]
  Entrypoint: string[]
  StopSignal: string
  Healthcheck: { Test: string[] }
  Volumes: Record<string, object>
}

const buildah = async (...args: string[]) => (await execute('buildah', args, { env })).stdout.trim()

/** Builds the image as `npm run image` does, on a base of Debian's packages. */
export async function buildImage() {
  await execute(process.execPath, [resolve('scripts/run.mjs'), 'image', '--local-base'], {
    env,
    maxBuffer: 1e8,
  })
  const inspected = JSON.parse(await buildah('inspect', '--type=image', image)) as {
    Docker: { config: ImageConfig }
  }
  const { config } = inspected.Docker
  const container = await buildah('from', '--pull-never', image)
  const base = await buildah('from', '--pull-never', `${image}-base`)
  const root = await buildah('mount', container)
  const running: ChildProcess[] = []

  /** Bytes of its files beyond those of its base. */
  async function sizeBeyondBase(): Promise<number> {
    const bytesOf = (folder: string) =>
      Number(execFileSync('du', ['--summarize', '--bytes', folder], { encoding: 'utf8' }).split('\t')[0])
    return bytesOf(root) - bytesOf(await buildah('mount', base))
  }

  /**
   * Runs a command in the image as its user, on its root that cannot be written, with a folder as its volume. It shares
   * the network of this computer.
   */
  function run(command: readonly string[], volume: string, settings: Record<string, string> = {}) {
    const script = `
      mount --make-rprivate /
      mount --bind "$ROOT" "$ROOT"
      mount -o remount,bind,ro "$ROOT"
      mount --bind "$VOLUME" "$ROOT/data"
      exec chroot --userspec="$AS" --groups= "$ROOT" env -i "$@"
    `
    const all = [...config.Env, ...Object.entries(settings).map(([name, value]) => `${name}=${value}`)]
    const child = spawn('unshare', ['--mount', 'sh', '-ec', script, 'sh', ...all, ...command], {
      env: { ...process.env, ROOT: root, VOLUME: volume, AS: config.User },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    running.push(child)
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
    return { child, said: () => said }
  }

  type Ready = {
    issuer: string
    api: string
    users: { username: string; password: string; roles: string[] }[]
    clients: { client_id: string; client_secret?: string }[]
  }

  return {
    config,
    sizeBeyondBase,
    run,
    /** Runs the command and answers how it ended and what it said. */
    async ended(command: readonly string[], volume: string, settings?: Record<string, string>) {
      const { child, said } = run(command, volume, settings)
      let printed = ''
      child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()))
      const [code] = (await once(child, 'close')) as [number | null]
      return { code, said: said(), printed }
    },
    /** Starts the image as it is meant, and waits until it is ready. */
    async start(volume: string, settings: Record<string, string>) {
      const { child, said } = run(config.Entrypoint, volume, settings)
      for await (const line of createInterface({ input: child.stdout }))
        return { child, said, ready: JSON.parse(line) as Ready }
      throw new Error(`it printed nothing: ${said()}`)
    },
    /** A folder that its user may write, as an engine makes a volume. */
    volume(): string {
      const folder = mkdtempSync(join(tmpdir(), 'playground-volume-'))
      execFileSync('chown', [config.User, folder])
      return folder
    },
    /** By buildah itself. */
    byBuildah: (...command: string[]) => buildah('run', container, '--', ...command),
    async remove(volumes: readonly string[]): Promise<void> {
      for (const child of running.splice(0)) {
        if (child.exitCode !== null || child.signalCode !== null) continue
        child.kill('SIGKILL')
        await once(child, 'exit')
      }
      await buildah('rm', container, base)
      for (const folder of volumes) rmSync(folder, { recursive: true, force: true })
    },
  }
}
