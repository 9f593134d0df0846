/** Microsoft’s clouds: where v2 tokens come from, and who issues the v1 tokens of the same tenant. */
const clouds: readonly (readonly [v2: RegExp, v1: string])[] = [
  [/^https:\/\/login\.microsoftonline\.(?:com|us)\/([^/?#]{1,100})\/v2\.0$/, 'https://sts.windows.net'],
  [/^https:\/\/login\.partner\.microsoftonline\.cn\/([^/?#]{1,100})\/v2\.0$/, 'https://sts.chinacloudapi.cn'],
]

/** The issuer of v1 access tokens of the tenant whose v2 issuer this is: an API that is registered for v1 gets them from
 *  the v2 endpoint, too. The tenant may be a hole. Undefined where it is no issuer of Entra ID. */
export function entraV1Issuer(issuer: string): string | undefined {
  for (const [v2, v1] of clouds) {
    const tenant = v2.exec(issuer)?.[1]
    if (tenant !== undefined) return `${v1}/${tenant}/`
  }
  return undefined
}
