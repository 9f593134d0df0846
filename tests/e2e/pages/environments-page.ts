import { expect, type Page } from 'playwright/test'
import { VaultPage } from './vault-page.ts'

interface Variable {
  name: string
  value: string
  secret?: boolean
}

/** What a person does in Settings › Environments. */
export class EnvironmentsPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  open(): Promise<void> {
    return new VaultPage(this.page).openSection('Environments')
  }

  /** Adds variables to the current environment. */
  async add(variables: Variable[]): Promise<void> {
    await this.open()
    const table = this.page.getByRole('table', { name: 'Variables' })
    for (const { name, value, secret } of variables) {
      await table.getByPlaceholder('Add a variable').fill(name)
      await table
        .getByRole('textbox', { name: `Value of ${name} in ` })
        .first()
        .fill(value)
      if (secret) await this.page.getByRole('checkbox', { name: `${name} is secret` }).check()
    }
    await this.page.getByRole('button', { name: 'Save variables' }).click()
    await expect(this.page.getByText('Variables saved.')).toBeVisible()
  }
}
