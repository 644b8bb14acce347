import { after } from 'node:test';
import { chromium, type Browser, type Page } from 'playwright-core';
import { createApp, listen } from '../src/app/http.ts';
import { openLog } from '../src/app/log.ts';
import { openPages } from '../src/app/pages.ts';
import { viewerOfRequest } from '../src/app/viewer.ts';
import { buildWeb, webIsBuilt } from '../src/app/web-build.ts';
import { openSessions } from '../src/identity/people.actions.ts';
import { must } from '../src/kit/assert.ts';
import { newId } from '../src/kit/ids.ts';
import { transaction, type Db } from '../src/kit/tx.ts';
import { findBrowser } from './browser.ts';

export type Visit = { userId?: string; width?: number; script?: boolean; language?: string };
export type Console = {
  address: string;
  /** A page of a fresh browser, in which this account is logged in, if one is given. */
  visit: (p?: Visit) => Promise<Page>;
  /** What browsers complained about, the content policy above all. */
  complaints: string[];
};

/** The built pages over HTTP and a browser, for tests that walk through them; `args` are the browser's, `touch` says that it has fingers. */
export async function openConsole(
  db: Db,
  { args = [], touch = false }: { args?: string[]; touch?: boolean } = {},
): Promise<Console> {
  if (!webIsBuilt()) await buildWeb();
  const pages = await openPages({ demo: true });
  const config = { publicOrigin: undefined, mode: 'demo' as const, trustedProxies: '' };
  const app = createApp({ db, config, log: openLog('silent'), viewerOf: viewerOfRequest, pages });
  const server = await listen(app, { host: '127.0.0.1', port: 0 });
  after(server.stop);
  const browser = await chromium.launch({
    executablePath: await findBrowser(),
    args: ['--no-sandbox', ...args],
  });
  after(() => browser.close());
  const complaints: string[] = [];
  return {
    address: server.address,
    complaints,
    visit: (p = {}) => open(p, { db, browser, baseURL: server.address, touch, complaints }),
  };
}

type In = { db: Db; browser: Browser; baseURL: string; touch: boolean; complaints: string[] };

async function open({ userId, width = 390, script = true, language = 'zh-CN' }: Visit, p: In): Promise<Page> {
  const context = await p.browser.newContext({
    viewport: { width, height: 844 },
    javaScriptEnabled: script,
    hasTouch: p.touch,
    locale: language,
    baseURL: p.baseURL,
  });
  if (userId)
    await context.addCookies([{ name: 'mengyue', value: await sessionOf(p.db, userId), url: p.baseURL }]);
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text()))
      p.complaints.push(message.text());
  });
  page.on('pageerror', (error) => p.complaints.push(String(error)));
  return page;
}

async function sessionOf(db: Db, userId: string): Promise<string> {
  const visitor = { deviceId: newId(db.wall.now()), userAgent: 'Test', ip: '10.0.0.1' };
  const [session] = await transaction(db, (tx) =>
    openSessions(tx, [{ userId, kind: 'account', ...visitor }]),
  );
  return must(session, 'a session').token.reveal();
}
