import { MemoryCookieStore, type Cookie } from 'tough-cookie'

type Found = (error: Error | null, cookies?: Cookie[]) => void

/** The library's store, which would look for the cookies of a name with a dot at its end under the name without one: to
 *  cookies those are two hosts (RFC 6265bis section 5.1.3). The jar itself looks whether each of what is found fits. */
export class CookieShelf extends MemoryCookieStore {
  override findCookies(domain: string, path: string, special?: boolean): Promise<Cookie[]>
  override findCookies(domain: string, path: string, special?: boolean, found?: Found): void
  override findCookies(
    ...[domain, path, special, found]: [string, string, boolean?, Found?]
  ): Promise<Cookie[]> | undefined {
    if (found === undefined) return super.findCookies(domain, path, special)
    if (domain.endsWith('.'))
      super.getAllCookies((error, all) =>
        found(
          error,
          all?.filter((each) => each.domain?.endsWith('.')),
        ),
      )
    else super.findCookies(domain, path, special, found)
    return undefined
  }
}
