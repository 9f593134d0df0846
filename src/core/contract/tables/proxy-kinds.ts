interface Row {
  /** In the form. */
  choice: string
  says: string
}

/** Who says which proxy messages go through. */
export const proxyKindTable = {
  system: {
    choice: 'The system’s',
    says: 'What this computer is set to, including automatic configuration by the network.',
  },
  pac: { choice: 'PAC file', says: 'A file with a script that names the proxy for each address.' },
  'by-hand': { choice: 'By hand', says: 'One HTTP or HTTPS proxy for everything that is not excepted.' },
  none: { choice: 'None', says: 'Every server is reached directly, whatever the system is set to.' },
} as const satisfies Record<string, Row>
