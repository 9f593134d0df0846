import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort, listening } from '../../support/ports.ts'
import { has } from './has.ts'

/** nginx and openssl are here. */
export const hasTlsProxy = has('nginx', '-v') && has('openssl', 'version')

/** Free ports for the two servers of a playground and for the proxy before them; nginx can't say which it took. */
export async function portsBehindNginx() {
  const [port, apiPort, inner, innerApi] = [
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
  ] as const
  return { issuer: `https://127.0.0.1:${port}`, api: `https://127.0.0.1:${apiPort}`, inner, innerApi }
}

/** nginx as docs/examples/nginx.conf has it, with TLS of its own before a playground. */
export async function startNginx(folder: string, ports: Awaited<ReturnType<typeof portsBehindNginx>>) {
  const { issuer, api, inner, innerApi } = ports
  const certificate = join(folder, 'playground.pem')
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'],
      ...['-subj', '/CN=playground', '-addext', 'subjectAltName=IP:127.0.0.1'],
      ...['-keyout', join(folder, 'playground.key'), '-out', certificate],
    ],
    { stdio: 'ignore' },
  )
  const port = Number(new URL(issuer).port)
  const example = readFileSync('docs/examples/nginx.conf', 'utf8')
    .replaceAll('/etc/ssl', folder)
    .replaceAll('127.0.0.1:47113', `127.0.0.1:${inner}`)
    .replaceAll('127.0.0.1:47114', `127.0.0.1:${innerApi}`)
    .replace('listen 443 ssl', `listen 127.0.0.1:${port} ssl`)
    .replace('listen 443 ssl', `listen 127.0.0.1:${new URL(api).port} ssl`)
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/nginx-${name};`,
  )
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off; pid ${folder}/nginx.pid; error_log stderr; events {} http { access_log off; ${paths.join(' ')} ${example} }`,
  )
  const nginx = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], { stdio: 'ignore' })
  await listening(port)
  return {
    certificate,
    stop: async () => {
      if (nginx.exitCode !== null || nginx.signalCode !== null) return
      nginx.kill()
      await once(nginx, 'exit')
    },
  }
}

/** The settings of a playground behind it. */
export const settingsBehindNginx = ({
  issuer,
  api,
  inner,
  innerApi,
}: Awaited<ReturnType<typeof portsBehindNginx>>) => ({
  GATEHOUSE_PLAYGROUND_ISSUER: issuer,
  GATEHOUSE_PLAYGROUND_API: api,
  GATEHOUSE_PLAYGROUND_LISTEN_PORT: String(inner),
  GATEHOUSE_PLAYGROUND_LISTEN_API_PORT: String(innerApi),
  GATEHOUSE_PLAYGROUND_LISTEN_TRUSTED_PROXIES: '[127.0.0.1]',
})
