/** A segment of an issuer's path that the tenant of each token fills: `https://login.example/{tenantid}/v2.0`. */
const hole = /\/\{(?:tenant_?id|tenant|tid)\}(?=\/|$)/i

/** What an issuer with a hole is asked at, before any tenant is known. */
const everyTenant = 'common'

const tenant = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Whether one document stands for the issuers of all tenants. */
export function hasHole(issuer: string): boolean {
  return hole.test(issuer)
}

/** The issuer of one tenant, or as it is where it has no hole or the tenant is no GUID. */
export function fillHole(issuer: string, tid: unknown): string {
  return typeof tid === 'string' && tenant.test(tid) ? issuer.replace(hole, () => `/${tid}`) : issuer
}

/** The issuer with any segment in its hole; without one, where it is looked for. */
export function withHoleFilled(issuer: string, segment = everyTenant): string {
  return issuer.replace(hole, () => `/${segment}`)
}

/** Whether an issuer is what one with a hole may become: in its place any one segment, all else the same. */
export function mayFill(issuer: string, filled: string): boolean {
  const at = hole.exec(issuer)
  if (at === null) return issuer === filled
  const before = `${issuer.slice(0, at.index)}/`
  const after = issuer.slice(at.index + at[0].length)
  const segment = filled.slice(before.length, filled.length - after.length)
  return (
    filled.length > before.length + after.length &&
    filled.startsWith(before) &&
    filled.endsWith(after) &&
    /^[\w.-]{1,100}$/.test(segment) &&
    !/^\.+$/.test(segment)
  )
}
