// @ts-check
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { lacksDisplay } from '../setup/system.mjs'
import { setupError } from './fail.mjs'
import { which } from './run.mjs'
import { say } from './say.mjs'

/** @returns {Promise<{ display: string, stop: () => void }>} */
function startXvfb() {
  // Xvfb picks a free display itself and says which: several runs at once never collide.
  const args = ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp']
  const child = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
  const stop = () => void child.kill()
  process.once('exit', stop)
  const numbers = createInterface({ input: /** @type {import('node:stream').Readable} */ (child.stdio[3]) })
  return new Promise((done, refuse) => {
    numbers.once('line', (number) => done({ display: `:${number.trim()}`, stop }))
    child.once('error', refuse)
    child.once('exit', () => refuse(setupError('Xvfb did not start.', 'Xvfb -displayfd 1')))
  })
}

/**
 * Does work that shows windows; where Linux has no display, on virtual ones.
 * @template T
 * @param {(env: NodeJS.ProcessEnv) => Promise<T>} work is given the environment for its programs: `DISPLAY`, and all
 * the virtual displays as `GATEHOUSE_DISPLAYS`, with commas between them
 * @param {number} count of virtual displays, so that windows of several workers do not take the focus from each other
 * @returns {Promise<T>}
 */
export async function withDisplay(work, count = 1) {
  if (!lacksDisplay()) return work(process.env)
  if (!which('Xvfb')) {
    throw setupError('there is no display to show a window on.', [
      'Start it from a desktop session, or install a virtual display: sudo apt-get install -y xvfb',
    ])
  }
  const screens = await Promise.all(Array.from({ length: count }, startXvfb))
  const displays = screens.map(({ display }) => display)
  say(
    `No display: windows open on ${count === 1 ? 'a virtual one' : 'virtual ones'} (Xvfb ${displays.join(', ')}).`,
  )
  try {
    return await work({ ...process.env, DISPLAY: displays[0], GATEHOUSE_DISPLAYS: displays.join(',') })
  } finally {
    for (const { stop } of screens) stop()
  }
}
