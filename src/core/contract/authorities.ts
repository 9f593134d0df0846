/** Whose certificates are trusted besides the authorities that come with Gatehouse. */
export interface AuthoritiesView {
  /** The system's store. Absent where this runtime cannot read it. */
  system?: { used: boolean }
  /** A PEM file of the user's own, of which a copy is kept. */
  own?: { name: string; subjects: string[] }
}
