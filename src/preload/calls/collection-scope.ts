import { z } from 'zod'
import {
  containerAuth,
  fileVariables,
  type DefaultsView,
  type MissingNames,
  type ScopeView,
} from '@contract/collection-scope'
import { certificateDraft, clientKeyDraft } from '@contract/connection-settings'
import { id, limits, name } from '@contract/limits'
import { requestDraft } from '@contract/requests'
import { filePath } from '@contract/sending/body'
import { sendSettings } from '@contract/sending/settings'
import { call } from './call.ts'

const pathLimit = 4_096
/** A request, a folder (with a slash behind it where what is in it is meant), or the collection, whose path is empty. */
const place = z.object({ collectionId: id, path: z.string().max(pathLimit) }).strict()
const ofCollection = z.object({ collectionId: id }).strict()
const variable = z.string().min(1).max(limits.name)
const pairs = requestDraft.shape.headers

export const collectionScopeCalls = {
  /** What comes to a request by where it is. */
  'collections:scope': call(place).returns<ScopeView>(),
  /** What a request that has these names in it and sends these files cannot be sent without; `own` are its own
   *  variables. */
  'collections:missing': call(
    place
      .extend({
        names: z.array(variable).max(2_000),
        files: z.array(filePath).max(200),
        own: requestDraft.shape.headers,
      })
      .strict(),
  ).returns<MissingNames>(),
  /** What a folder, the collection (an empty path) or one of its environments (the path of its file) says itself.
   *  Codes: `collection_fault`, `collection_file_gone`. */
  'collections:defaults': call(place).returns<DefaultsView>(),
  /** Writes it, if the file still is what was read; values of secret variables go to the vault. Codes:
   *  `collection_changed`, `collection_edit`, `collection_write_failed`, `variable_secret_short`. */
  'collections:save-defaults': call(
    place
      .extend({
        headers: pairs,
        variables: fileVariables,
        auth: containerAuth.optional(),
        settings: sendSettings.optional(),
        version: z.string().max(64),
      })
      .strict(),
  ).returns<DefaultsView>(),
  /** Finds the connection that the file of a request, folder or collection describes, or makes it; `seen` is what was
   *  shown. Codes: `shared_*`, those of connections. */
  'collections:connect': call(
    place
      .extend({
        seen: z.string().max(200_000),
        clientSecret: z.string().max(limits.secret).optional(),
        clientKey: clientKeyDraft.optional(),
        certificate: certificateDraft.optional(),
      })
      .strict(),
  ).returns<{ connectionId: string }>(),
  /** Chooses who requests call as that inherit the sign-in. Codes: `shared_*`. */
  'collections:choose-account': call(place.extend({ accountId: id.nullable() }).strict()).returns<null>(),
  /** Writes how to sign in through a connection into a file of the collection, without its secrets. Codes:
   *  `shared_unfit`, `collection_edit`. */
  'collections:write-connection': call(place.extend({ connectionId: id }).strict()).returns<{
    file: string
    leftOut: string[]
  }>(),
  'collections:create-environment': call(ofCollection.extend({ name }).strict()).returns<{ path: string }>(),
  /** Null: none. */
  'collections:use-environment': call(
    ofCollection.extend({ path: z.string().min(1).max(pathLimit).nullable() }).strict(),
  ).returns<null>(),
  /** Keeps the value of a secret variable that a file declares. Codes: `variable_secret_short`. */
  'collections:enter-secret': call(
    ofCollection
      .extend({
        file: z.string().min(1).max(pathLimit),
        name: variable,
        value: z.string().min(1).max(limits.headerValue),
      })
      .strict(),
  ).returns<null>(),
  /** Forgets the values that were captured from responses. */
  'collections:forget-captured': call(ofCollection).returns<null>(),
  /** Lets requests of the collection use a name of the computer's environment. */
  'collections:allow-name': call(ofCollection.extend({ name: variable }).strict()).returns<null>(),
  /** Lets a variable of the collection be what this command says. Codes: `collection_changed`. */
  'collections:allow-command': call(
    ofCollection.extend({ name: variable, command: z.array(z.string().max(2_000)).min(1).max(50) }).strict(),
  ).returns<null>(),
  /** Lets requests of the collection send a file, if it still is the one that is shown. Codes: `collection_changed`. */
  'collections:allow-file': call(
    place
      .extend({ file: filePath, shown: z.string().max(limits.requestBody), own: requestDraft.shape.headers })
      .strict(),
  ).returns<null>(),
}
