import type { ExchangeStep, FlowRecord, FlowStep } from '../../../../src/core/flow/flow.ts'

export const at = Date.UTC(2026, 0, 2, 13, 41, 14)

export const tokenExchange = (part: Partial<ExchangeStep> = {}): ExchangeStep => ({
  kind: 'exchange',
  purpose: 'token',
  at: at + 6_300,
  method: 'POST',
  url: 'https://id.example/token',
  requestHeaders: [['content-type', 'application/x-www-form-urlencoded']],
  requestBody: 'grant_type=authorization_code&code=•••&code_verifier=•••&redirect_uri=x%3A%2Fy',
  status: 200,
  responseHeaders: [['content-type', 'application/json']],
  responseBody:
    '{"access_token":"•••","token_type":"Bearer","expires_in":900,"id_token":"•••","refresh_token":"•••"}',
  waiting: 15,
  took: 18,
  ...part,
})

export const signInSteps: FlowStep[] = [
  {
    kind: 'browser',
    at,
    opened: true,
    url: 'https://id.example/auth?client_id=desk&state=•••&nonce=n0&code_challenge=abc&code_challenge_method=S256',
  },
  {
    kind: 'callback',
    at: at + 6_200,
    took: 6_200,
    way: 'custom-scheme',
    url: 'app.gatehouse.desktop:/oauth/callback?code=•••&state=•••&iss=https%3A%2F%2Fid.example',
    checks: [
      { id: 'state', label: 'state', state: 'valid', detail: 'matches' },
      { id: 'iss', label: 'iss', state: 'valid', detail: 'matches' },
    ],
  },
  tokenExchange(),
  {
    kind: 'checks',
    at: at + 6_330,
    title: 'ID token checked',
    checks: [{ id: 'signature', label: 'Signature', state: 'valid', detail: 'RS256' }],
  },
]

export const flowRecord = (part: Partial<FlowRecord> = {}): FlowRecord => ({
  id: '00000000-0000-4000-8000-000000000001',
  userId: '00000000-0000-4000-8000-000000000002',
  kind: 'sign-in',
  title: 'Sign in · alice',
  providerName: 'Example',
  manner: 'code + PKCE',
  startedAt: at,
  endedAt: at + 6_400,
  outcome: 'ok',
  steps: signInSteps,
  dropped: 0,
  ...part,
})
