// @ts-check
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setupError } from '../lib/fail.mjs'
import { root } from '../lib/paths.mjs'
import { run } from '../lib/run.mjs'
import { say } from '../lib/say.mjs'
import { main as buildPlayground } from './build-playground.mjs'

const image = 'localhost/gatehouse-playground'
const localBase = 'localhost/gatehouse-playground-base'
const suite = 'bookworm'

/**
 * `npm run image [-- --base NAME] [-- --local-base]`: the playground's container image, by buildah.
 * `--local-base` makes the base of Debian's packages and this Node, where no container registry can be reached.
 * @param {string[]} args
 */
export async function main(args) {
  const base = args.includes('--base') ? args[args.indexOf('--base') + 1] : undefined
  if ((await run('buildah', ['--version']).catch(() => ({ code: 1 }))).code !== 0)
    throw setupError('buildah is not there.', 'apt-get install buildah')
  const built = await buildPlayground()
  if (built !== 0) return built
  if (args.includes('--local-base')) await makeBase()
  const chosen = args.includes('--local-base') ? localBase : base
  await buildah(
    'bud',
    '--format=docker',
    ...(chosen ? [`--build-arg=BASE=${chosen}`] : []),
    '-f',
    'Containerfile',
    '-t',
    image,
    '.',
  )
  say(`${image} is built.`)
  return 0
}

/** Debian without anything but certificates, and the Node that runs this. */
async function makeBase() {
  if ((await run('buildah', ['inspect', localBase])).code === 0) return
  const folder = mkdtempSync(join(tmpdir(), 'playground-base-'))
  try {
    say('Making a base image of Debian packages …')
    const rootfs = join(folder, 'rootfs')
    await must('debootstrap', '--variant=minbase', '--include=ca-certificates', suite, rootfs)
    mkdirSync(join(rootfs, 'usr/local/bin'), { recursive: true })
    cpSync(realpathSync(process.execPath), join(rootfs, 'usr/local/bin/node'))
    const container = (await buildah('from', 'scratch')).trim()
    await buildah('add', '-q', container, rootfs, '/')
    await buildah('commit', '-q', '--rm', container, localBase)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @param {string[]} args @returns {Promise<string>} what it printed */
async function buildah(...args) {
  return must('buildah', ...args)
}

/** @param {string} program @param {string[]} args */
async function must(program, ...args) {
  const { code, stdout, stderr } = await run(program, args, { cwd: root })
  if (code !== 0)
    throw setupError(
      `${program} ${args[0]} failed:\n${`${stdout}\n${stderr}`.trim().slice(-3000)}`,
      `${program} ${args.join(' ')}`,
    )
  return stdout
}
