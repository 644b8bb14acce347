import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';

// What buyers do on pages again and again.

export const password = 'correct horse 9';

export async function loggedIn(page: Page, login: string): Promise<void> {
  await page.goto('/login?next=/orders');
  await page.getByLabel('邮箱或手机号').fill(login);
  await page.getByLabel('密码').fill(password);
  await page.getByRole('button', { name: '登录' }).click();
  await page.waitForURL('**/orders');
}

/**
 * The page, or this part of it, says so; it is waited for. A press in a page with script changes the address before the page, so what
 * stands there a moment later may still be the page before.
 */
export async function says(where: Page | Locator, wanted: RegExp | string): Promise<void> {
  const part = 'goto' in where ? where.locator('main') : where;
  const from = performance.now();
  for (;;) {
    const text = await part.innerText();
    if (typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text)) return;
    if (performance.now() - from > 10_000)
      assert.fail(`${part.page().url()} does not say ${String(wanted)}:\n${text}`);
    await new Promise((next) => setTimeout(next, 50));
  }
}

export async function tickAll(page: Page): Promise<void> {
  for (const box of await page.getByRole('checkbox').all()) await box.check();
}

export async function buy(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await tickAll(page);
  await page.getByRole('button', { name: /^付款 ¥/ }).click();
  await page.waitForURL(/\/(orders|pay)\//);
}

/** Opens the first sealed key; on a browser that is new to the account the password is asked for once. */
export async function reveal(page: Page, given = password): Promise<void> {
  const field = page.getByLabel('再输一次密码').first();
  if (await field.isVisible()) await field.fill(given);
  await page.getByRole('button', { name: '查看卡密' }).first().click();
  await page
    .getByText(/KEY-\d+-\d+/)
    .first()
    .waitFor();
}

export const keysOn = async (page: Page): Promise<string[]> =>
  (await page.content()).match(/KEY-\d+-\d+/g) ?? [];
