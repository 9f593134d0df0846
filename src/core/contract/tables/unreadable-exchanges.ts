/** Why an exchange of the history does not open; it stays in the list all the same. */
export const unreadableExchangeTable = {
  exchange_damaged: {
    message:
      'This exchange is damaged on the disk and can’t be opened. The rest of the history is not affected.',
    next: 'There is nothing to repair. Delete it when you do not need to know of it.',
  },
  exchange_key_missing: {
    message:
      'This exchange was sealed with a key that this database does not have: the key was set aside, or an older backup was restored.',
    next: 'If there are old keys in Settings › Vault, recover what they sealed. Otherwise delete it.',
  },
} as const satisfies Record<string, { message: string; next: string }>

export type UnreadableExchange = keyof typeof unreadableExchangeTable
