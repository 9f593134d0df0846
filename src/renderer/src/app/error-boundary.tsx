import { Component, type ReactNode } from 'react'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import css from './app.module.css'

interface State {
  error: Error | null
}

/** A fault in one page leaves the rest of the window usable. React offers this to classes only. */
export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { error: null }

  static getDerivedStateFromError(error: Error): State {
    return { error }
  }

  override render(): ReactNode {
    const { error } = this.state
    if (!error) return this.props.children
    return (
      <div className={css.failed}>
        <Notice
          tone="bad"
          title="This page could not be shown"
          next="Nothing is lost. Try again, or close the tab."
          actions={<Button onClick={() => this.setState({ error: null })}>Try again</Button>}
        >
          <code>{error.message}</code>
        </Notice>
      </div>
    )
  }
}
