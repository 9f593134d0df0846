import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { has } from './has.ts'

const execute = promisify(execFile)
/** Debian's own: its packages are for it alone. */
const python = '/usr/bin/python3'

/** Libraries of Python that sign in with the authorization code, and what each is imported by. */
export const pythonLibraries = [
  ['authlib', 'authlib, requests'],
  ['requests_oauthlib', 'requests_oauthlib'],
] as const

export const hasPython = (modules: string) => has(python, '-c', `import ${modules}`)

export type WebClient = {
  issuer: string
  api: string
  clientId: string
  secret: string
  redirect: string
  username: string
  password: string
  /** The PEM file of the certificate that the proxy has. */
  certificate: string
}

/** Signs in with a library; answers who signed in and how the API answered. */
export async function signInWithPython(library: (typeof pythonLibraries)[number][0], client: WebClient) {
  const { issuer, api, clientId, secret, redirect, username, password, certificate } = client
  const script = resolve('tests/integration/playground/python/sign_in.py')
  const { stdout } = await execute(
    python,
    [script, library, issuer, api, clientId, secret, redirect, username, password],
    {
      env: {
        ...process.env,
        REQUESTS_CA_BUNDLE: certificate,
        // The order of the scopes may be another than was asked for.
        OAUTHLIB_RELAX_TOKEN_SCOPE: '1',
      },
    },
  )
  return JSON.parse(stdout) as { user: string; status: number }
}
