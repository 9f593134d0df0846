import { defined } from '@contract/defined'
import { cloudTemplates } from './cloud.ts'
import { codeHostTemplates } from './code-hosts.ts'
import { selfRunTemplates } from './self-run.ts'
import type { Template } from './template.ts'

/** Every kind of provider that is known. */
export const templates: readonly Template[] = [...cloudTemplates, ...codeHostTemplates, ...selfRunTemplates]

/** A template that fits an address, with the blanks as far as the address fills them. */
export interface Recognised {
  template: Template
  blanks: Record<string, string>
  /** The issuer with its blanks filled; absent where one is missing or there is none. */
  issuer?: string
  /** The address is for people of every tenant, which has no issuer of its own. */
  everyTenant: boolean
}

/** Puts the blanks into a pattern; `undefined` where one is missing. */
export function fillBlanks(pattern: string, blanks: Record<string, string>): string | undefined {
  const missing: string[] = []
  const filled = pattern.replace(/\{(\w+)\}/g, (_all, name: string) => {
    const value = (Object.hasOwn(blanks, name) ? blanks[name] : undefined) ?? ''
    if (value === '') missing.push(name)
    return value
  })
  return missing.length === 0 ? filled : undefined
}

/** Placeholders of Entra ID that stand for every tenant, and so have no issuer. */
const anyTenant = new Set(['common', 'organizations', 'consumers', '{tenantid}', '%7Btenantid%7D'])

/** Which kind of provider an issuer or an authorization endpoint belongs to, by its text alone. */
export function recogniseTemplate(address: string): Recognised | undefined {
  for (const template of templates) {
    for (const expression of template.recognise) {
      const match = expression.exec(address)
      if (match === null) continue
      const blanks = Object.fromEntries(
        Object.entries<string | undefined>(match.groups ?? {}).filter(
          ([, value]) => value !== undefined && !anyTenant.has(value),
        ),
      ) as Record<string, string>
      const issuer = template.issuer === undefined ? undefined : fillBlanks(template.issuer, blanks)
      const everyTenant = Object.values(match.groups ?? {}).some((value) => anyTenant.has(value))
      return { template, blanks, everyTenant, ...defined({ issuer }) }
    }
  }
  return undefined
}
