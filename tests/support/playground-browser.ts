import { setTimeout as wait } from 'node:timers/promises'

export type SignIn = {
  username: string
  password: string
  /** `deny` presses Deny on the consent page. */
  decision?: 'allow' | 'deny'
  /** Scopes to untick on the consent page. */
  untick?: string[]
}

export type BrowserPage = { status: number; url: string; text: string; headers: Headers }

export type Form = { action: string; fields: [string, string][]; buttons: [string, string][] }

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }
const decode = (text: string) =>
  text.replace(/&(amp|lt|gt|quot|#39);/g, (_all, name: string) => entities[name] ?? '')
const attribute = (tag: string, name: string): string | undefined => {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]
  return value === undefined ? undefined : decode(value)
}

/** The forms of a page, with what a browser would send for each if nothing were typed. */
export const formsOf = (page: BrowserPage): Form[] =>
  [...page.text.matchAll(/<form\b[^>]*>[\s\S]*?<\/form>/g)].map(([form]) => {
    const named = (tag: string): [string, string] => [
      attribute(tag, 'name') ?? '',
      attribute(tag, 'value') ?? '',
    ]
    const inputs = [...form.matchAll(/<input\b[^>]*>/g)].map(([tag]) => tag)
    return {
      action: new URL(attribute(form, 'action') ?? '', page.url).href,
      fields: inputs.filter((tag) => !/type="checkbox"/.test(tag) || /\schecked/.test(tag)).map(named),
      buttons: [...form.matchAll(/<button\b[^>]*>/g)].map(([tag]) => named(tag)),
    }
  })

/** A browser without a window: cookies, redirects, forms; it never leaves the origin it began with. */
export const createBrowser = () => {
  const jar: { name: string; value: string; path: string; host: string }[] = []

  const keep = (header: string, url: URL) => {
    const [pair = '', ...rest] = header.split(/;\s*/)
    const name = pair.slice(0, pair.indexOf('='))
    const setting = (key: string) =>
      rest.find((one) => one.toLowerCase().startsWith(`${key}=`))?.slice(key.length + 1)
    const path = setting('path') ?? '/'
    const index = jar.findIndex((one) => one.name === name && one.path === path && one.host === url.hostname)
    if (index >= 0) jar.splice(index, 1)
    const expires = setting('expires')
    if (expires && Date.parse(expires) <= Date.now()) return
    jar.push({ name, value: pair.slice(name.length + 1), path, host: url.hostname })
  }

  const cookiesFor = (url: URL) =>
    jar
      .filter(
        (one) =>
          one.host === url.hostname &&
          (url.pathname === one.path || url.pathname.startsWith(one.path.replace(/\/?$/, '/'))),
      )
      .map((one) => `${one.name}=${one.value}`)
      .join('; ')

  /** Follows redirects until a page, or until one leaves the origin: then that URL is the page's, with no text. */
  const open = async (address: string, form?: [string, string][]): Promise<BrowserPage> => {
    let url = new URL(address)
    let body = form && new URLSearchParams(form)
    const { origin } = url
    for (let hop = 0; hop < 15; hop += 1) {
      const cookie = cookiesFor(url)
      const response = await fetch(url, {
        method: body ? 'POST' : 'GET',
        redirect: 'manual',
        headers: { accept: 'text/html', ...(cookie ? { cookie } : {}) },
        ...(body ? { body } : {}),
      })
      for (const header of response.headers.getSetCookie()) keep(header, url)
      const location = response.headers.get('location')
      if (response.status < 300 || response.status > 399 || !location) {
        const page = {
          status: response.status,
          url: url.href,
          text: await response.text(),
          headers: response.headers,
        }
        // oidc-provider's page that posts itself by script.
        const [own] = page.text.includes('document.forms[0].submit()') ? formsOf(page) : []
        if (!own) return page
        if (new URL(own.action).origin !== origin) return { ...page, url: own.action }
        url = new URL(own.action)
        body = new URLSearchParams(own.fields)
        continue
      }
      await response.body?.cancel()
      const next = new URL(location, url)
      if (next.origin !== origin)
        return { status: response.status, url: next.href, text: '', headers: response.headers }
      url = next
      body = undefined
    }
    throw new Error(`too many redirects from ${address}`)
  }

  /** Sends the form whose action ends so, with these fields set and one button pressed. */
  const submit = async (
    page: BrowserPage,
    actionEnd: string,
    set: Record<string, string>,
    button?: [string, string],
  ) => {
    const form = formsOf(page).find((one) => one.action.endsWith(actionEnd))
    if (!form)
      throw new Error(
        `no form ${actionEnd} on ${page.url} (${page.status}): ${page.text.replace(/<[^>]*>/g, ' ').slice(0, 400)}`,
      )
    const fields = form.fields.map(([name, value]): [string, string] => [name, set[name] ?? value])
    return open(form.action, button ? [...fields, button] : fields)
  }

  /** Signs in and answers the consent page; gives the redirect URL without following it. */
  const signIn = async (
    authorizationUrl: string,
    { username, password, decision = 'allow', untick = [] }: SignIn,
  ) => {
    let page = await open(authorizationUrl)
    if (page.text.includes('name="password"')) page = await submit(page, '/login', { username, password })
    if (page.text.includes('name="decision"')) {
      const consent = formsOf(page).find((one) => one.action.endsWith('/consent'))
      if (!consent) throw new Error('the consent page has no form')
      const fields = consent.fields.filter(([, value]) => !untick.includes(value))
      page = await open(consent.action, [...fields, ['decision', decision]])
    }
    if (page.text)
      throw new Error(
        `the sign-in stopped at ${page.url} (${page.status}): ${page.text.replace(/<[^>]*>/g, ' ').slice(0, 600)}`,
      )
    return page.url
  }

  return { open, submit, signIn }
}

/** What a person does in the system's browser at the Playground: the redirect URL at the end, not followed. */
export const signInAtProvider = (authorizationUrl: string, signIn: SignIn): Promise<string> =>
  createBrowser().signIn(authorizationUrl, signIn)

/** Waits until something holds, for what happens in another process. */
export const until = async (holds: () => boolean | Promise<boolean>, timeoutMs = 10_000): Promise<void> => {
  const end = Date.now() + timeoutMs
  while (!(await holds())) {
    if (Date.now() > end) throw new Error('it did not come about in time')
    await wait(20)
  }
}
