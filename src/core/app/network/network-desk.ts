import type {
  HostRule,
  HostRuleDraft,
  NetworkDraft,
  NetworkManner,
  NetworkSettings,
  NetworkView,
  WayView,
} from '@contract/network/network'
import { defined } from '@contract/defined'
import { limits } from '@contract/limits'
import { fail, ok, type Result } from '@contract/result'
import { resolveText, type VariableValue } from '../../http/variables.ts'
import { ruleFor } from '../../network/excepted.ts'
import { readAddress, readHost } from '../../network/read-host.ts'
import { proxyName } from '../../network/proxy-address.ts'
import {
  networkDocument,
  networkSecretsDocument,
  type NetworkSecrets,
} from '../../records/documents/network.ts'
import type { NetworkStore } from '../../records/network-store.ts'
import type { FindWay } from '../../records/way.ts'
import { withDefaultScheme } from '../../text/default-scheme.ts'
import type { ChooseFile, ReadIdentity } from '../ports.ts'
import type { DeletedParts } from '../bin/deleted-parts.ts'
import type { CurrentSession } from '../vault/session.ts'
import { fittingProxy, passwordFor } from './check-proxy.ts'
import { createDeletedSettings, type SettingKind } from './deleted-settings.ts'
import { networkPlace, settingsIn, usualNetwork, type OpenNetwork } from './open-network.ts'
import { createProxyLogins } from './proxy-logins.ts'

interface Dependencies {
  session: CurrentSession
  network: NetworkStore
  openNetwork: () => Result<OpenNetwork>
  findWay: FindWay
  readIdentity: ReadIdentity
  variables: () => Result<Map<string, VariableValue>>
  deletedParts: DeletedParts
  /** Something came back out of the bin. */
  changed: () => void
}

/** What a window offers about the network. Codes: `proxy_*`, `network_*`, `host_*`, `certificate_unfit`, those of the
 *  vault. */
export function createNetworkDesk(deps: Dependencies) {
  const { session, network, openNetwork, findWay } = deps
  const deletedSettings = createDeletedSettings(deps.deletedParts)
  const logins = createProxyLogins({ openNetwork, write, deletedSettings })
  let chosen: { name: string; bytes: Uint8Array } | undefined

  function view(): NetworkView {
    const opened = openNetwork()
    if (opened.ok) {
      const { settings, secrets } = opened.value
      return { settings, hasProxyPassword: secrets.proxyPassword !== undefined }
    }
    // What no one vouches for is shown, but for what would weaken TLS.
    const { proxy } = settingsIn(network.get(session().user.id))
    return { settings: { proxy }, hasProxyPassword: false, trouble: opened.error }
  }
  /** What is there to be changed; of settings that no one vouches for nothing but their proxy. */
  function before(): OpenNetwork {
    const opened = openNetwork()
    return opened.ok ? opened.value : { settings: usualNetwork, secrets: {} }
  }
  function write(settings: NetworkSettings, secrets: NetworkSecrets): Result<NetworkView> {
    const { user, box } = session()
    const document = networkDocument.write(settings)
    const sealedSecrets = box.seal(networkPlace(user.id, document), networkSecretsDocument.write(secrets))
    network.save(user.id, { document, sealedSecrets })
    return ok(view())
  }
  function writeHosts({ settings, secrets }: OpenNetwork, hosts: HostRule[], identities: Identities) {
    const kept = hosts.flatMap(({ host, certificate }) => {
      const identity = identities.get(host)
      return certificate === undefined || identity === undefined ? [] : [[host, identity] as const]
    })
    return write({ ...settings, hosts }, { ...secrets, identities: Object.fromEntries(kept) })
  }
  function discardRule(rule: HostRule, identity: Identity | undefined): void {
    const identities = identity === undefined ? {} : { [rule.host]: identity }
    const called = { name: rule.host, ...defined({ detail: rule.address }) }
    deletedSettings.discard('server', { hosts: [rule] }, { identities }, called)
  }
  /** One that has their place meanwhile goes into the bin instead. */
  function takeRulesBack(): void {
    for (const { settings, secrets, done } of deletedSettings.restored('server')) {
      const opened = openNetwork()
      const rule = settings.hosts?.[0]
      if (!opened.ok || rule === undefined) break
      const identities = identitiesOf(opened.value)
      const identity = secrets.identities?.[rule.host]
      const present = opened.value.settings.hosts?.find(({ host }) => host === rule.host)
      const others = (opened.value.settings.hosts ?? []).filter((each) => each !== present)
      if (others.length >= limits.hosts) break
      if (present !== undefined) discardRule(present, identities.get(present.host))
      identities.delete(rule.host)
      if (identity !== undefined) identities.set(rule.host, identity)
      writeHosts(opened.value, [...others, rule], identities)
      done()
    }
  }
  /** The certificate of a draft, read and judged; nothing where what is kept stays. */
  async function given({
    certificate,
  }: HostRuleDraft): Promise<Awaited<ReturnType<ReadIdentity>> | undefined> {
    if (certificate === undefined || certificate === null) return undefined
    if (certificate.kind === 'pem') return deps.readIdentity(certificate)
    return chosen === undefined
      ? fail('certificate_unfit', 'No file is chosen anymore.', 'Choose the file again.')
      : deps.readIdentity({ bytes: chosen.bytes, passphrase: certificate.passphrase })
  }

  /** A rule without its certificate, and those beside it; nothing is written. */
  function fitting(draft: HostRuleDraft) {
    const opened = openNetwork()
    if (!opened.ok) return opened
    const host = readHost(draft.host)
    if (!host.ok) return host
    const hosts = opened.value.settings.hosts ?? []
    const was = draft.was ?? host.value
    if (host.value !== was && hosts.some((rule) => rule.host === host.value)) return taken(host.value)
    const others = hosts.filter((each) => each.host !== was && each.host !== host.value)
    if (others.length >= limits.hosts) return tooMany()
    const address = draft.address ? readAddress(draft.address) : undefined
    if (address?.ok === false) return address
    const rule: HostRule = {
      host: host.value,
      ...defined({ unchecked: draft.unchecked ? (true as const) : undefined, address: address?.value }),
    }
    return ok({ opened: opened.value, rule, was, others, before: hosts.find((each) => each.host === was) })
  }

  function addressOf(typed: string): Result<string> {
    const variables = deps.variables()
    const text = variables.ok ? resolveText(typed.trim(), variables.value).text : typed.trim()
    const full = text.includes('://') ? text : withDefaultScheme(text)
    return URL.canParse(full) && /^https?:/i.test(full)
      ? ok(full)
      : fail('network_address', 'This is not an http or https address.', 'Enter it as https://host/path.')
  }
  function ruleAt(url: string): WayView {
    const rule = ruleFor(url, before().settings.hosts ?? [])
    const isTls = new URL(url).protocol === 'https:'
    return defined({
      address: rule?.address,
      unchecked: isTls ? rule?.unchecked : undefined,
      certificate: isTls ? rule?.certificate?.subject : undefined,
    })
  }

  return {
    read: (): Result<NetworkView> => ok(view()),
    save({ proxyPassword, proxy }: NetworkDraft): Result<NetworkView> {
      const fits = fittingProxy(proxy)
      if (!fits.ok) return fits
      const { settings, secrets } = before()
      const password = passwordFor(proxy, proxyPassword, { settings, secrets })
      if (!password.ok) return password
      return write({ ...settings, proxy }, { ...secrets, proxyPassword: password.value })
    },
    saveManner(wanted: NetworkManner): Result<NetworkView> {
      const opened = openNetwork()
      if (!opened.ok) return opened
      const { settings, secrets } = opened.value
      const { cookies: _theirs, ...others } = wanted
      const manner = { ...others, ...defined({ cookies: settings.manner?.cookies }) }
      return write({ ...settings, manner }, secrets)
    },
    saveLogin: logins.save,
    removeLogin: logins.remove,
    /** Has its own page. */
    keepCookies(on: boolean): Result<NetworkView> {
      const opened = openNetwork()
      if (!opened.ok) return opened
      const { settings, secrets } = opened.value
      const { cookies: _before, ...others } = settings.manner ?? {}
      return write({ ...settings, manner: on ? others : { ...others, cookies: 'off' } }, secrets)
    },
    async saveHost(draft: HostRuleDraft): Promise<Result<NetworkView>> {
      const userId = session().user.id
      const first = fitting(draft)
      if (!first.ok) return first
      const read = await given(draft)
      if (read?.ok === false) return read
      if (session().user.id !== userId) return fail('user_changed', 'Another user is in by now.')
      // The settings may be others by now: some files take seconds to unlock.
      const fits = fitting(draft)
      if (!fits.ok) return fits
      const { opened, rule, was, others, before: present } = fits.value
      const identities = identitiesOf(opened)
      const stays = draft.certificate === undefined ? present?.certificate : undefined
      const identity = read?.value.identity ?? identities.get(was)
      if (identity !== undefined) identities.set(rule.host, identity)
      chosen = undefined
      const certificate = read?.value.view ?? stays
      return writeHosts(opened, [...others, { ...rule, ...defined({ certificate }) }], identities)
    },
    /** Into the bin. */
    removeHost({ host }: { host: string }): Result<NetworkView> {
      const opened = openNetwork()
      if (!opened.ok) return opened
      const rule = opened.value.settings.hosts?.find((each) => each.host === host)
      const others = (opened.value.settings.hosts ?? []).filter((each) => each !== rule)
      const identities = identitiesOf(opened.value)
      const written = writeHosts(opened.value, others, identities)
      if (rule !== undefined) discardRule(rule, identities.get(host))
      return written
    },
    /** Puts what came back out of the bin into the settings. */
    takeBack(kind: SettingKind): void {
      if (kind === 'login') logins.takeBack()
      else takeRulesBack()
      deps.changed()
    },
    /** Keeps the file that was chosen until a rule is saved with it. */
    choose: (choose: ChooseFile) => async (): Promise<Result<{ name: string | null }>> => {
      const file = await choose()
      if (!file.ok) return file
      chosen = file.value ?? chosen
      return ok({ name: file.value?.name ?? null })
    },
    /** Which way a message to this address would go; nothing is sent but the question for a PAC file. */
    async way({ url }: { url: string }): Promise<Result<WayView>> {
      const full = addressOf(url)
      if (!full.ok) return full
      const way = await findWay(full.value)
      if (!way.ok) return way
      const { proxy } = way.value
      return ok({
        ...ruleAt(full.value),
        ...defined({ proxy: proxy === undefined ? undefined : proxyName(proxy) }),
      })
    },
    /** What holds for the server of an address that is being typed; no one else is asked. */
    rule({ url }: { url: string }): Result<WayView> {
      const full = addressOf(url)
      return full.ok ? ok(ruleAt(full.value)) : full
    },
    /** Forgets a file that was chosen. */
    forget: (): void => {
      chosen = undefined
    },
  }
}

function identitiesOf({ secrets }: OpenNetwork): Identities {
  return new Map(Object.entries(secrets.identities ?? {}))
}

function taken(host: string): Result<never> {
  return fail('host_taken', `There is already a rule for ${host}.`, 'Edit that one.')
}

function tooMany(): Result<never> {
  return fail('host_many', `There are ${limits.hosts} rules, which is the maximum.`, 'Remove one first.')
}

type Identity = NonNullable<NetworkSecrets['identities']>[string]
type Identities = Map<string, Identity>
export type NetworkDesk = ReturnType<typeof createNetworkDesk>
