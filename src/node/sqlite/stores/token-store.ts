import { lineageEventTable } from '@contract/tables/lineage-events'
import { grantTable } from '@contract/tables/grants'
import { keysOf } from '@contract/tables/keys-of'
import type { Account, LineageStep, TokenSet } from '../../../core/records/model.ts'
import type { TokenStore } from '../../../core/records/ports.ts'
import { writtenObject } from '../../../core/text/written.ts'
import type { Database } from '../database.ts'
import { emptyLogAfter } from '../empty-log.ts'
import { explained } from '../explained.ts'
import { prepareLater } from './rows/prepare-later.ts'
import { orNull, readRow } from './rows/row.ts'

/** How many steps of an account's history a new sign-in takes over. */
const keptSteps = 200

/** Accounts, token sets and lineage in SQLite. Every write is on the disk when it returns. */
export function createTokenStore(db: Database): TokenStore {
  const allAccounts = prepareLater(
    db,
    'SELECT * FROM accounts WHERE user_id = ? ORDER BY signed_in_at, rowid',
  )
  const oneAccount = prepareLater(db, 'SELECT * FROM accounts WHERE user_id = ? AND id = ?')
  const accountOf = prepareLater(
    db,
    'SELECT * FROM accounts WHERE user_id = ? AND connection_id = ? AND issuer = ? AND subject = ?',
  )
  const allTokenSets = prepareLater(db, 'SELECT * FROM token_sets WHERE user_id = ?')
  const tokenSetOf = prepareLater(db, 'SELECT * FROM token_sets WHERE user_id = ? AND account_id = ?')
  const holder = prepareLater(db, 'SELECT account_id FROM token_sets WHERE user_id = ? AND id = ?').pluck()
  const upsertAccount = prepareLater(
    db,
    `
    INSERT INTO accounts (id, user_id, connection_id, issuer, subject, profile, signed_in_at)
    VALUES (@id, @userId, @connectionId, @issuer, @subject, @profile, @signedInAt)
    ON CONFLICT (id) DO UPDATE SET profile = excluded.profile, signed_in_at = excluded.signed_in_at
    WHERE user_id = excluded.user_id`,
  )
  const removeTokenSet = prepareLater(
    db,
    'DELETE FROM token_sets WHERE user_id = ? AND account_id = ? AND id <> ?',
  )
  const upsertTokenSet = prepareLater(
    db,
    `
    INSERT INTO token_sets (
      id, user_id, account_id, "grant", token_type, scope, scope_asked, resource, obtained_at, expires_at,
      own_expires_at, revoked_at, access_token_format, refresh_count, refreshed_at, sealed_access_token, sealed_refresh_token,
      sealed_id_token
    ) VALUES (
      @id, @userId, @accountId, @grant, @tokenType, @scope, @scopeAsked, @resource, @obtainedAt, @expiresAt,
      @ownExpiresAt, @revokedAt, @accessTokenFormat, @refreshCount, @refreshedAt, @sealedAccessToken, @sealedRefreshToken,
      @sealedIdToken
    ) ON CONFLICT (id) DO UPDATE SET
      token_type = excluded.token_type, scope = excluded.scope, scope_asked = excluded.scope_asked,
      resource = excluded.resource, obtained_at = excluded.obtained_at, expires_at = excluded.expires_at,
      own_expires_at = excluded.own_expires_at, revoked_at = excluded.revoked_at,
      access_token_format = excluded.access_token_format, refresh_count = excluded.refresh_count,
      refreshed_at = excluded.refreshed_at, sealed_access_token = excluded.sealed_access_token,
      sealed_refresh_token = excluded.sealed_refresh_token, sealed_id_token = excluded.sealed_id_token
    WHERE user_id = excluded.user_id AND account_id = excluded.account_id`,
  )
  const markRevoked = prepareLater(db, 'UPDATE token_sets SET revoked_at = ? WHERE user_id = ? AND id = ?')
  const insertStep = prepareLater(
    db,
    'INSERT INTO lineage (token_set_id, at, event, reason, changes) VALUES (?, ?, ?, ?, ?)',
  )
  const takeOverSteps = prepareLater(
    db,
    `
    UPDATE lineage SET token_set_id = @id WHERE number IN (
      SELECT number FROM lineage JOIN token_sets ON token_sets.id = token_set_id
      WHERE user_id = @userId AND account_id = @accountId AND token_sets.id <> @id
      ORDER BY number DESC LIMIT ${keptSteps})`,
  )
  const steps = prepareLater(db, 'SELECT * FROM lineage WHERE token_set_id = ? ORDER BY number')
  const updateProfile = prepareLater(db, 'UPDATE accounts SET profile = ? WHERE user_id = ? AND id = ?')
  const updateSubject = prepareLater(db, 'UPDATE accounts SET subject = ? WHERE user_id = ? AND id = ?')
  const removeTokenSetOf = prepareLater(db, 'DELETE FROM token_sets WHERE user_id = ? AND account_id = ?')
  const moveTokenSet = prepareLater(
    db,
    'UPDATE token_sets SET account_id = ? WHERE user_id = ? AND account_id = ?',
  )
  const takeOverTime = prepareLater(
    db,
    `
    UPDATE accounts SET signed_in_at = (SELECT signed_in_at FROM accounts WHERE user_id = @userId AND id = @from)
    WHERE user_id = @userId AND id = @into`,
  )
  const removeAccount = prepareLater(db, 'DELETE FROM accounts WHERE user_id = ? AND id = ?')

  function toAccount(row: unknown): Account {
    const read = readRow(db, row)
    return {
      id: read.text('id'),
      userId: read.text('user_id'),
      connectionId: read.text('connection_id'),
      issuer: read.text('issuer'),
      subject: read.text('subject'),
      profile: read.object('profile'),
      signedInAt: read.number('signed_in_at'),
    }
  }
  function toTokenSet(row: unknown): TokenSet {
    const read = readRow(db, row)
    return {
      id: read.text('id'),
      userId: read.text('user_id'),
      accountId: read.text('account_id'),
      grant: read.oneOf('grant', keysOf(grantTable)),
      tokenType: read.text('token_type'),
      scope: read.text('scope'),
      scopeAsked: read.text('scope_asked'),
      resource: read.optionalText('resource'),
      obtainedAt: read.number('obtained_at'),
      expiresAt: read.optionalNumber('expires_at'),
      ownExpiresAt: read.optionalNumber('own_expires_at'),
      revokedAt: read.optionalNumber('revoked_at'),
      accessTokenFormat: read.oneOf('access_token_format', ['jwt', 'jwe', 'opaque', 'malformed']),
      refreshCount: read.number('refresh_count'),
      refreshedAt: read.optionalNumber('refreshed_at'),
      sealedAccessToken: read.bytes('sealed_access_token'),
      sealedRefreshToken: read.optionalBytes('sealed_refresh_token'),
      sealedIdToken: read.optionalBytes('sealed_id_token'),
    }
  }
  function toStep(row: unknown): LineageStep {
    const read = readRow(db, row)
    return {
      tokenSetId: read.text('token_set_id'),
      at: read.number('at'),
      event: read.oneOf('event', keysOf(lineageEventTable)),
      reason: read.text('reason'),
      changes: read.texts('changes'),
    }
  }

  function writeTokenSet(tokenSet: TokenSet): void {
    const { changes } = upsertTokenSet.run({
      ...tokenSet,
      resource: orNull(tokenSet.resource),
      expiresAt: orNull(tokenSet.expiresAt),
      ownExpiresAt: orNull(tokenSet.ownExpiresAt),
      revokedAt: orNull(tokenSet.revokedAt),
      refreshedAt: orNull(tokenSet.refreshedAt),
      sealedRefreshToken: orNull(tokenSet.sealedRefreshToken),
      sealedIdToken: orNull(tokenSet.sealedIdToken),
    })
    if (changes !== 1) throw new Error('a token set keeps its user and account')
  }
  function addLineage({ tokenSetId, at, event, reason, changes }: LineageStep): void {
    insertStep.run(tokenSetId, at, event, reason, JSON.stringify(changes))
  }
  const saveSignIn = db.transaction((account: Account, tokenSet: TokenSet, step: LineageStep) => {
    upsertAccount.run({ ...account, profile: writtenObject(account.profile) })
    // The history is the account's: the steps are those of the new token set, which is written right after.
    db.pragma('defer_foreign_keys = ON')
    takeOverSteps.run({ id: tokenSet.id, userId: tokenSet.userId, accountId: tokenSet.accountId })
    removeTokenSet.run(tokenSet.userId, tokenSet.accountId, tokenSet.id)
    writeTokenSet(tokenSet)
    addLineage(step)
  })
  const saveRefresh = db.transaction((tokenSet: TokenSet, step: LineageStep) => {
    writeTokenSet(tokenSet)
    addLineage(step)
  })
  const join = db.transaction((userId: string, from: string, into: string, step: LineageStep) => {
    takeOverTime.run({ userId, from, into })
    removeTokenSetOf.run(userId, into)
    moveTokenSet.run(into, userId, from)
    removeAccount.run(userId, from)
    addLineage(step)
  })

  const store = explained<TokenStore>(db, {
    listAccounts: (userId) => {
      const sets = new Map(
        allTokenSets
          .all(userId)
          .map(toTokenSet)
          .map((set) => [set.accountId, set]),
      )
      return allAccounts
        .all(userId)
        .map(toAccount)
        .map((account) => ({ account, tokenSet: sets.get(account.id) }))
    },
    getAccount: (userId, id) => {
      const row = oneAccount.get(userId, id)
      if (row === undefined) return undefined
      const set = tokenSetOf.get(userId, id)
      return { account: toAccount(row), tokenSet: set === undefined ? undefined : toTokenSet(set) }
    },
    findAccount: (userId, connectionId, issuer, subject) => {
      const row = accountOf.get(userId, connectionId, issuer, subject)
      return row === undefined ? undefined : toAccount(row)
    },
    holderOf: (userId, tokenSetId) => {
      const id = holder.get(userId, tokenSetId)
      return typeof id === 'string' ? id : undefined
    },
    saveSignIn: (account, tokenSet, step) => saveSignIn.immediate(account, tokenSet, step),
    saveRefresh: (tokenSet, step) => saveRefresh.immediate(tokenSet, step),
    saveProfile: (userId, id, profile) => {
      updateProfile.run(writtenObject(profile), userId, id)
    },
    markRevoked: (userId, tokenSetId, at) => {
      markRevoked.run(at, userId, tokenSetId)
    },
    saveSubject: (userId, id, subject) => {
      updateSubject.run(subject, userId, id)
    },
    join: (userId, from, into, step) => join.immediate(userId, from, into, step),
    addLineage,
    lineage: (tokenSetId) => steps.all(tokenSetId).map(toStep),
    removeAccount: (userId, id) => {
      removeAccount.run(userId, id)
    },
  })
  return emptyLogAfter(db, store, ['saveSignIn', 'saveRefresh', 'join', 'removeAccount'], 'soon')
}
