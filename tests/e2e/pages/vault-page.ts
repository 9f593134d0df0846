import { expect, type Locator, type Page } from 'playwright/test'

/** What a person does in Settings › User & vault, and at the lock screen. */
export class VaultPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  /** Opens a section of the settings. */
  async openSection(name: string): Promise<void> {
    await this.page.getByRole('navigation').getByRole('button', { name: 'Settings' }).click()
    await this.page.getByRole('tablist', { name: 'Settings' }).getByRole('tab', { name }).click()
  }

  /** Sets a first password. */
  async setPassword(password: string): Promise<void> {
    await this.openSection('User & vault')
    await this.page.getByRole('button', { name: 'Set a password' }).click()
    const dialog = this.page.getByRole('dialog', { name: 'Set a password' })
    await dialog.getByLabel('New password', { exact: false }).first().fill(password)
    await dialog.getByLabel('Repeat the new password').fill(password)
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog).toBeHidden()
  }

  async lock(): Promise<void> {
    await this.page.keyboard.press('Control+l')
    await expect(this.lockScreen()).toBeVisible()
  }

  lockScreen(): Locator {
    return this.page.getByRole('heading', { name: 'Gatehouse is locked' })
  }

  /** Tries a password at the lock screen. */
  async tryPassword(password: string): Promise<void> {
    await this.page.getByLabel(/^Password of/).fill(password)
    await this.page.getByRole('button', { name: 'Unlock' }).click()
  }

  async unlock(password: string): Promise<void> {
    await this.tryPassword(password)
    await expect(this.page.getByRole('contentinfo', { name: 'Status' })).toBeVisible()
  }

  /** What the status bar says of the vault. */
  protection(): Locator {
    return this.page.getByRole('contentinfo', { name: 'Status' }).getByRole('button', { name: /^Lock/ })
  }
}
