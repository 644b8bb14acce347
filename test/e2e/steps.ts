import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { hashPassword } from '../../src/identity/password.actions.ts';
import { addMembers, addStaff, createUsers } from '../../src/identity/people.actions.ts';
import { must } from '../../src/kit/assert.ts';
import { newId } from '../../src/kit/ids.ts';
import { fen } from '../../src/kit/money.ts';
import { transaction, type Db } from '../../src/kit/tx.ts';
import type { ShopRole, StaffRole } from '../../src/kit/viewer.ts';
import { post } from '../../src/ledger/actions.ts';
import { demoOpening } from '../../src/ledger/rules.ts';

// What people do on pages again and again.

export const password = 'correct horse 9';
export type Account = { login: string; userId: string };

let people = 0;
let passwordHash: Promise<string> | undefined;
/** Somebody who can log in: with this money in the wallet (in fen), a role in a shop, or one in the staff. */
export async function account(
  db: Db,
  p: { money?: bigint; shop?: { shopId: string; role: ShopRole }; staff?: StaffRole; name?: string } = {},
): Promise<Account> {
  const login = `someone${(people += 1)}@example.com`;
  passwordHash ??= hashPassword(password);
  const user = {
    kind: 'account',
    contact: login,
    passwordHash: await passwordHash,
    name: p.name ?? '小林',
  } as const;
  const userId = await transaction(db, async (tx) => {
    const [id] = await createUsers(tx, [user]);
    const made = must(id, 'a user');
    if (p.money) {
      const transfers = [demoOpening({ userId: made, amount: fen(p.money) })];
      await post(tx, [{ key: newId(tx.wall), transfers }]);
    }
    if (p.shop) await addMembers(tx, [{ ...p.shop, userId: made }]);
    if (p.staff) await addStaff(tx, [{ userId: made, role: p.staff }]);
    return made;
  });
  return { login, userId };
}

export async function loggedIn(page: Page, { login }: Account): Promise<void> {
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

/** The page is no wider than its window. */
export async function fits(page: Page, what: string): Promise<void> {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wide <= 0, `${what} is ${wide} px too wide at ${page.viewportSize()?.width}`);
}

const shots = process.env['MENGYUE_SHOTS'];
/** The page fits a phone; for people who look at it, a picture on the phone and on a desk. */
export async function picture(page: Page, name: string): Promise<void> {
  const before = must(page.viewportSize(), 'the size of the page');
  await page.setViewportSize({ width: 390, height: 844 });
  await fits(page, name);
  if (shots)
    for (const size of [
      { width: 390, height: 844 },
      { width: 1440, height: 900 },
    ]) {
      await page.setViewportSize(size);
      await page.screenshot({ path: `${shots}/${name}-${size.width}.png`, fullPage: true });
    }
  await page.setViewportSize(before);
}
