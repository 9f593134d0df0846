import { isLoopbackHost } from './loopback-host.ts'

/** An address that is written without a scheme: http on this computer, https elsewhere. */
export function withDefaultScheme(text: string): string {
  const plain = `http://${text}`
  const isHere = URL.canParse(plain) && isLoopbackHost(new URL(plain).hostname)
  return isHere ? plain : `https://${text}`
}
