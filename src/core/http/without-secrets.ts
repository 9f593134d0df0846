import { secretsIn, type Lookup } from './variables.ts'

/** The same with a placeholder in the place of each secret. */
export function withoutSecrets({ get }: Lookup): Lookup {
  return {
    get: (name) => {
      const found = get(name)
      if (found === undefined || !found.secret) return found
      let { value } = found
      for (const [inner, secret] of secretsIn(name, found)) value = value.replaceAll(secret, `<${inner}>`)
      return { ...found, value, secret: false }
    },
  }
}
