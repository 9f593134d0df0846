import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, listening } from './ports.ts'

/** Whether Debian's nginx is on this machine, with HTTP/2. */
export const hasNginx = /--with-http_v2_module/.test(spawnSync('nginx', ['-V']).stderr?.toString() ?? '')

/** Starts nginx on a free port of this computer: HTTP/2 over TLS, and no one gets in without a client certificate. It
 *  answers who asks and how. */
export const startNginx = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-nginx-'))
  const port = await freePort()
  const file = (name: string) => new URL(`./certificates/${name}`, import.meta.url).pathname
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder};`,
  )
  const conf = `
    daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/log;
    events {}
    http {
      access_log off; ${paths.join(' ')}
      server {
        listen 127.0.0.1:${port} ssl http2;
        ssl_certificate ${file('server.crt')}; ssl_certificate_key ${file('server.key')};
        ssl_client_certificate ${file('client.crt')}; ssl_verify_client on;
        location / { default_type text/plain; return 200 "$server_protocol $ssl_client_s_dn"; }
      }
    }`
  writeFileSync(join(folder, 'conf'), conf)
  const process = spawn('nginx', ['-c', join(folder, 'conf'), '-e', join(folder, 'log')], { stdio: 'ignore' })
  const ended = new Promise((done) => process.once('exit', done))
  await listening(port)
  return {
    url: `https://127.0.0.1:${port}`,
    close: async () => {
      process.kill()
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
