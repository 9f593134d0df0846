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
 * Does work that shows windows; where Linux has no display, on a virtual one.
 * @template T
 * @param {(env: NodeJS.ProcessEnv) => Promise<T>} work is given the environment for its programs
 * @returns {Promise<T>}
 */
export async function withDisplay(work) {
  if (!lacksDisplay()) return work(process.env)
  if (!which('Xvfb')) {
    throw setupError('there is no display to show a window on.', [
      'Start it from a desktop session, or install a virtual display: sudo apt-get install -y xvfb',
    ])
  }
  const { display, stop } = await startXvfb()
  say(`No display: windows open on a virtual one (Xvfb ${display}).`)
  try {
    return await work({ ...process.env, DISPLAY: display })
  } finally {
    stop()
  }
}
