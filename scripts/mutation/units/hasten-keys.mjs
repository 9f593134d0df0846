// @ts-check
/**
 * Making keys is most of what some tests do. Within one thread the first key that a run asks for is always the same,
 * the second another one, and so on: as different as before, and made once.
 * @returns {() => void} begins anew at the first key
 */
export function hastenKeys() {
  if (!installed) install()
  return () => asked.clear()
}

let installed = false
/** @type {Map<string, number>} */
const asked = new Map()

function install() {
  installed = true
  const { subtle } = globalThis.crypto
  const make = subtle.generateKey.bind(subtle)
  /** @type {Map<string, Promise<unknown>>} */
  const made = new Map()
  const keyed = (/** @type {any[]} */ ...args) => {
    const kind = JSON.stringify(args, (_, value) =>
      ArrayBuffer.isView(value) ? [...new Uint8Array(value.buffer)] : value,
    )
    const turn = asked.get(kind) ?? 0
    asked.set(kind, turn + 1)
    const name = `${turn} ${kind}`
    const before = made.get(name)
    if (before) return before
    const key = /** @type {any} */ (make)(...args)
    made.set(name, key)
    return key
  }
  Object.defineProperty(subtle, 'generateKey', { value: keyed, configurable: true, writable: true })
}
