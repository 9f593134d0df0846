import { z } from 'zod'

/** Milliseconds, and redirects, that may be asked for. */
export const longestLimit = 86_400_000
export const mostRedirects = 50

/** How one request is sent; what is left out is as its folders, and then the network settings, say. */
export const sendSettings = z
  .object({
    /** Milliseconds in all; zero is as usual. */
    timeout: z.number().int().min(0).max(longestLimit).optional(),
    followRedirects: z.boolean().optional(),
    maxRedirects: z.number().int().min(0).max(mostRedirects).optional(),
    http2: z.boolean().optional(),
  })
  .strict()
export type SendSettings = z.infer<typeof sendSettings>
export type SettingName = keyof SendSettings
