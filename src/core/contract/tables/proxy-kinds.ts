interface Row {
  /** In the form. */
  choice: string
  says: string
}

/** Who says which proxy messages go through. */
export const proxyKindTable = {
  system: {
    choice: 'System',
    says: 'The settings of this computer, including automatic configuration by the network.',
  },
  pac: { choice: 'PAC file', says: 'A script that chooses the proxy for each address.' },
  'by-hand': { choice: 'Manual', says: 'One HTTP, HTTPS or SOCKS proxy for everything not excluded below.' },
  none: { choice: 'None', says: 'Every server is reached directly, regardless of the system’s settings.' },
} as const satisfies Record<string, Row>
