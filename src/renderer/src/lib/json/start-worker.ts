import address from './outline-worker.ts?worker&url'

interface ScriptPolicy {
  createScriptURL: (text: string) => string
}
interface PolicyFactory {
  createPolicy: (name: string, rules: ScriptPolicy) => ScriptPolicy
}

let policy: ScriptPolicy | undefined

/** Starts a worker that lays out JSON. */
export function startOutlineWorker(): Worker {
  return new Worker(trustedAddress())
}

/** The page's rules (Trusted Types) let a worker start from this one address, whatever is asked for. */
function trustedAddress(): string {
  const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes
  policy ??= factory?.createPolicy('gatehouse-worker', { createScriptURL: () => address })
  return policy?.createScriptURL(address) ?? address
}
