import { z } from 'zod'
import {
  hostName,
  hostRuleDraft,
  loginDraft,
  loginPlace,
  networkDraft,
  networkManner,
  type NetworkView,
  type WayView,
} from '@contract/network/network'
import { nothing, url } from '@contract/limits'
import { call } from './call.ts'

export const networkCalls = {
  'network:read': call(nothing).returns<NetworkView>(),
  /** Codes: `proxy_address`, `proxy_name`, `proxy_pac`, `proxy_password_again`. */
  'network:save': call(networkDraft).returns<NetworkView>(),
  'network:save-manner': call(networkManner).returns<NetworkView>(),
  /** Codes: `proxy_address`, `proxy_logins_many`. */
  'network:save-login': call(loginDraft).returns<NetworkView>(),
  'network:remove-login': call(loginPlace).returns<NetworkView>(),
  /** Codes: `host_unfit`, `host_address_unfit`, `host_taken`, `host_many`, `certificate_unfit`. */
  'network:save-host': call(hostRuleDraft).returns<NetworkView>(),
  'network:remove-host': call(hostName).returns<NetworkView>(),
  /** Asks for a PEM or PKCS#12 file, which stays in the main process. Codes: `certificate_too_large`, `open_failed`. */
  'network:choose-certificate': call(nothing).returns<{ name: string | null }>(),
  /** What holds for the server of an address that is being typed. Code: `network_address`. */
  'network:rule': call(z.object({ url }).strict()).returns<WayView>(),
  /** Which way a message to this address would go. Codes: `network_address`, `proxy_*`,
   *  `network_settings_changed_outside`. */
  'network:way': call(z.object({ url }).strict()).returns<WayView>(),
}
