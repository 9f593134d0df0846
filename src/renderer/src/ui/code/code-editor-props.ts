/** What an editor of code is given. */
export interface CodeEditorProps {
  label: string
  text: string
  language: 'json' | 'xml' | 'html' | 'text'
  onChange: (text: string) => void
  onSubmit: () => void
}
