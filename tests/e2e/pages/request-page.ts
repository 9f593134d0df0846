import { expect, type Locator, type Page } from 'playwright/test'
import { choose } from '../support/choose.ts'

/** What a person does in the requests room. */
export class RequestPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  /** Opens the room with a new request. */
  async open(): Promise<void> {
    await this.page.getByRole('navigation').getByRole('button', { name: 'Requests' }).click()
    await this.page.getByRole('button', { name: 'New', exact: true }).click()
  }

  /** Picks whom the open tab calls as. */
  async callAs(name: string): Promise<void> {
    await this.page.getByRole('button', { name: /^Auth: / }).click()
    await this.page.getByRole('menuitemradio', { name: new RegExp(name) }).click()
  }

  /** Sends a GET from the open tab and waits for its answer. */
  async get(url: string, status: string | RegExp = /^200/): Promise<void> {
    await this.page.getByRole('textbox', { name: 'URL' }).fill(url)
    await this.page.keyboard.press('Control+Enter')
    await expect(this.answer().getByText(status)).toBeVisible()
    await expect(this.history(new URL(url).pathname).first()).toBeVisible()
  }

  /** Sends a POST with a JSON body from the open tab. */
  async post(url: string, json: string): Promise<void> {
    await choose(this.page.getByRole('combobox', { name: 'Method' }), 'POST')
    await this.page.getByRole('textbox', { name: 'URL' }).fill(url)
    await this.fillBody(json)
    await this.page.keyboard.press('Control+Enter')
  }

  /** Writes a JSON body in the open tab. */
  async fillBody(json: string): Promise<void> {
    const parts = this.page.getByRole('tablist', { name: 'Parts of the request' })
    await parts.getByRole('tab', { name: 'Body' }).click()
    await choose(this.page.getByRole('combobox', { name: 'Body type' }), 'JSON')
    await this.page.getByRole('textbox', { name: 'Request body' }).fill(json)
  }

  async saveAs(name: string): Promise<void> {
    await this.page.keyboard.press('Control+s')
    const dialog = this.page.getByRole('dialog', { name: 'Save the request' })
    await dialog.getByLabel('Name').fill(name)
    await dialog.getByRole('button', { name: 'Save', exact: true }).click()
    // The row can be there first.
    await expect(this.page.getByText(`Saved in ${name}.yml.`)).toBeVisible()
    await expect(this.row(name)).toBeVisible()
  }

  answer(): Locator {
    return this.page.getByRole('group', { name: 'Response' })
  }

  list(): Locator {
    return this.page.getByRole('list', { name: 'History' })
  }

  /** A saved request. */
  row(name: string): Locator {
    return this.page.getByRole('tree', { name: 'Collections' }).getByRole('treeitem', { name })
  }

  /** That a request of this name is what is shown: a click on its row opens it once its file was read. */
  async expectShown(name: string): Promise<void> {
    await expect(this.page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible()
  }

  history(path: string): Locator {
    return this.list().getByRole('button').filter({ hasText: ' · ' }).filter({ hasText: path })
  }

  /** How the body is shown. */
  async showAs(mode: 'JSON' | 'Tree' | 'Table' | 'Image' | 'Text' | 'Raw'): Promise<void> {
    await this.page.getByRole('group', { name: 'Body view' }).getByText(mode, { exact: true }).click()
  }
}
