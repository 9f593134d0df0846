import { request as plain } from 'node:http'
import { request as secure } from 'node:https'
import type { Configuration } from './config/schema.ts'

const timeoutMs = 2500

/** Asks the playground that runs on this computer with the same configuration whether it is ready. */
export function askHealth({ listen }: Configuration): Promise<boolean> {
  const host = listen.host === '0.0.0.0' || listen.host === '::' ? '127.0.0.1' : listen.host
  const where = { host, port: listen.port, path: '/readyz', timeout: timeoutMs }
  return new Promise((resolve) => {
    const sent =
      listen.certificateFile === undefined
        ? plain(where)
        : // It asks itself: whose the certificate is does not matter here.
          secure({ ...where, rejectUnauthorized: false })
    sent.on('response', (answer) => {
      answer.resume()
      resolve(answer.statusCode === 200)
    })
    sent.on('timeout', () => sent.destroy())
    sent.on('error', () => resolve(false))
    sent.end()
  })
}
