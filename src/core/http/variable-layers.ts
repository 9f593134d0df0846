import { variableMark } from '../text/variable-names.ts'
import { secretsIn, type Lookup, type VariableValue } from './variables.ts'

/** Variables of one place: the request, a folder, an environment. */
export interface VariableLayer {
  values: ReadonlyMap<string, VariableValue>
  /** Values may name variables in turn: those in files. What was entered, captured or read from elsewhere is
   *  taken as it is. */
  expands: boolean
}

/** How deep values name others, and characters of one value with all that it names. */
const depthLimit = 12
const lengthLimit = 262_144

/** Variables of several places as one: the nearest place that has a name is asked. What a value names is put in; a value
 *  that comes back to itself, or grows beyond all measure, is not known. `dynamic`: what begins with `$`. */
export function layeredVariables(
  layers: readonly VariableLayer[],
  dynamic: (name: string) => string | undefined = () => undefined,
): Lookup {
  const known = new Map<string, VariableValue | undefined>()
  const open = new Set<string>()

  function expanded(own: string, { value, secret }: VariableValue): VariableValue | undefined {
    if (open.size >= depthLimit || open.has(own)) return undefined
    open.add(own)
    const within = new Map<string, string>()
    const unknown = new Set<string>()
    let length = value.length
    const text = value.replace(variableMark, (whole, name: string) => {
      const found = get(name)
      if (found === undefined) unknown.add(name)
      else {
        for (const [inner, hidden] of secretsIn(name, found)) within.set(inner, hidden)
        for (const inner of found.unknown ?? []) unknown.add(inner)
        length += found.value.length
      }
      return length > lengthLimit ? '' : (found?.value ?? whole)
    })
    open.delete(own)
    if (length > lengthLimit) {
      known.set(own, undefined)
      return undefined
    }
    return {
      value: text,
      secret: secret || within.size > 0,
      ...(within.size > 0 && { within }),
      ...(unknown.size > 0 && { unknown: [...unknown] }),
    }
  }

  function get(name: string): VariableValue | undefined {
    if (name.startsWith('$')) {
      const value = dynamic(name)
      return value === undefined ? undefined : { value, secret: false }
    }
    if (known.has(name)) return known.get(name)
    const layer = layers.find(({ values }) => values.has(name))
    const found = layer?.values.get(name)
    if (found === undefined || layer?.expands !== true || !found.value.includes('{{')) return found
    const value = expanded(name, found)
    // What came to nothing on its way back to itself may come to something from elsewhere.
    if (value !== undefined) known.set(name, value)
    return value
  }

  return { get }
}
