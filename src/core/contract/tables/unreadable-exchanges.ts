/** Why an exchange of the history does not open; it stays in the list all the same. */
export const unreadableExchangeTable = {
  exchange_damaged: {
    message:
      'This exchange is damaged on the disk and can’t be opened. The rest of the history is not affected.',
    next: 'It cannot be repaired. Delete it if you no longer need it.',
  },
  exchange_key_missing: {
    message:
      'This exchange was encrypted with a key that this database does not have: the key was set aside, or an older backup was restored.',
    next: 'If there are old keys in Settings › Vault, recover what they protect. Otherwise delete it.',
  },
} as const satisfies Record<string, { message: string; next: string }>

export type UnreadableExchange = keyof typeof unreadableExchangeTable
