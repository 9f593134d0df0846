/** Something that is wrong in a text, from one character to another. */
export interface CodeFault {
  from: number
  to: number
  message: string
}

/** What is wrong in the text of an editor. */
export type CheckCode = (text: string) => readonly CodeFault[] | Promise<readonly CodeFault[]>

/** One of the texts that can be put in from a place on. */
export interface CodeOption {
  label: string
  /** What it is, in a few words. */
  detail?: string
  /** What else there is to say of it. */
  info?: string
}

/** Texts that fit at a character of a text, and where what they replace begins. */
export type CompleteCode = (
  text: string,
  at: number,
) => Promise<{ from: number; options: CodeOption[] } | null>
