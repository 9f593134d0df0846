import { expect, type Page } from 'playwright/test'

/** What a person does in Gatehouse's window, by role and accessible name. */
export class WorkbenchPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  /** Starts the playground from the first screen and waits until its connection can be used. */
  async startPlayground(): Promise<void> {
    await this.page.getByRole('button', { name: 'Start the playground' }).click()
    // A program of its own is started, which takes long on a busy machine.
    await expect(this.signInButton()).toBeVisible({ timeout: 60_000 })
  }

  signInButton() {
    return this.page.getByRole('button', { name: 'Sign in', exact: true })
  }

  /** Connects a provider by its issuer, through the dialog. */
  async connect(
    issuer: string,
    options: { clientId: string; scope: string; resource?: string; redirect?: string },
  ): Promise<void> {
    await this.page.getByRole('button', { name: 'Connect a provider' }).click()
    const dialog = this.page.getByRole('dialog', { name: 'Connect a provider' })
    await dialog.getByRole('textbox', { name: /^Issuer/ }).fill(issuer)
    await dialog.getByRole('button', { name: 'Discover' }).click()
    await expect(dialog.getByText('S256').first()).toBeVisible()
    await dialog.getByRole('textbox', { name: /^Client ID/ }).fill(options.clientId)
    await dialog.getByRole('textbox', { name: /^Scope/ }).fill(options.scope)
    if (options.resource !== undefined)
      await dialog.getByRole('textbox', { name: /^Resource/ }).fill(options.resource)
    if (options.redirect !== undefined) await dialog.getByText(options.redirect, { exact: true }).click()
    await dialog.getByRole('button', { name: 'Connect', exact: true }).click()
    await expect(this.signInButton()).toBeVisible()
  }

  /** The page of an account that has signed in. */
  async expectSignedIn(name: string): Promise<void> {
    await expect(this.page.getByRole('heading', { name: new RegExp(name) })).toBeVisible()
    await expect(this.page.getByRole('tab', { name: 'Access token' })).toBeVisible()
  }

  /** Sends the request that is ready on the account's page. */
  async sendReadyRequest(): Promise<void> {
    await this.page.getByRole('button', { name: 'Send' }).click()
  }

  async expectStatus(text: string | RegExp): Promise<void> {
    await expect(this.page.getByText(text).first()).toBeVisible()
  }

  async openRoom(name: string): Promise<void> {
    await this.page.getByRole('navigation').getByRole('button', { name }).click()
  }
}
