import { Hono, type Context } from 'hono';
import { html, raw } from 'hono/html';
import { yuan } from '../../kit/money.ts';
import { beijingText, instant } from '../../kit/time.ts';
import type { Language } from '../../kit/text.ts';
import { moods, type Bank, type Mood, type PaymentView } from './bank.ts';

const moodWords = {
  pay: {
    zh: '付款',
    en: 'Pay',
    hint: { zh: '扣款成功，并通知商城。', en: 'Money is taken and the shop is told.' },
  },
  twice: {
    zh: '付两次',
    en: 'Pay twice',
    hint: { zh: '同一单扣两次款，多的应自动退回。', en: 'Taken twice; the extra must come back by itself.' },
  },
  late: {
    zh: '等关单后再付',
    en: 'Pay late',
    hint: { zh: '商城关单之后才扣款成功。', en: 'The money comes after the shop has closed the payment.' },
  },
  under: {
    zh: '少付一半',
    en: 'Pay half',
    hint: { zh: '到账金额不足。', en: 'Less money arrives than was asked for.' },
  },
  over: {
    zh: '多付一半',
    en: 'Pay half more',
    hint: { zh: '多付的部分应自动退回。', en: 'What is too much must come back.' },
  },
  silent: {
    zh: '扣款但不通知',
    en: 'Pay, stay silent',
    hint: { zh: '商城要用“核对支付”或自己来查。', en: 'The shop must ask by itself.' },
  },
  processing: {
    zh: '处理中',
    en: 'Processing',
    hint: { zh: '先答“处理中”，3 秒后扣款成功。', en: 'Answers processing, and succeeds after 3 seconds.' },
  },
  repeat: {
    zh: '重复通知',
    en: 'Repeat notice',
    hint: { zh: '扣款一次，通知五次。', en: 'Taken once, announced five times.' },
  },
  refuse: {
    zh: '拒绝付款',
    en: 'Refuse',
    hint: { zh: '银行拒绝，不扣款。', en: 'The bank says no, nothing is taken.' },
  },
} as const satisfies Record<Mood, { zh: string; en: string; hint: { zh: string; en: string } }>;

const stateWords = {
  waiting: { zh: '等待付款', en: 'Waiting' },
  processing: { zh: '处理中', en: 'Processing' },
  paid: { zh: '已付款', en: 'Paid' },
  closed: { zh: '已关闭', en: 'Closed' },
} as const;

const text = {
  title: { zh: '模拟收银台', en: 'Sandbox cashier' },
  banner: {
    zh: '这是模拟的支付机构，不会动用真实资金',
    en: 'This is a pretended payment institution. No real money moves',
  },
  amount: { zh: '应付金额', en: 'Amount' },
  to: { zh: '收款方：盟约（演示商户）', en: 'Paid to: Mengyue (demo merchant)' },
  number: { zh: '商户单号', en: 'Number' },
  ref: { zh: '渠道单号', en: 'Reference' },
  until: { zh: '最迟', en: 'Until' },
  test: { zh: '试一试出错的情形', en: 'Try what can go wrong' },
  back: { zh: '返回盟约', en: 'Back to Mengyue' },
  trades: { zh: '扣款记录', en: 'Money taken' },
  none: { zh: '还没有人来付款。', en: 'Nobody has come to pay yet.' },
  armed: {
    zh: '已安排：商城关单后会扣款成功。',
    en: 'Arranged: the money comes once the shop has closed this.',
  },
  account: { zh: '付款账户', en: 'Account' },
  untold: { zh: '不告诉商城', en: 'Not told to the shop' },
  all: { zh: '全部付款', en: 'All payments' },
  missing: { zh: '没有这笔付款。', en: 'There is no such payment.' },
} as const;

const accounts = ['6222 0001', '6222 0002'] as const;

/** The page that a payer sees, in Chinese and English, without JavaScript; each button is one mood. */
export function cashier(bank: Bank): Hono {
  const routes = new Hono();
  routes.get('/', (context) => {
    const language = languageOf(context);
    const rows = bank.list().slice(0, 100);
    return show(
      context,
      language,
      html`<h1>${text.all[language]}</h1>
        ${rows.length === 0 ? html`<p>${text.none[language]}</p>` : rows.map((one) => html`<p class="row"><a href="/cashier/${one.number}?lang=${language}">${one.number}</a><span>¥${yuan(BigInt(one.amount))}</span><span class="tag ${one.state}">${stateWords[one.state][language]}</span></p>`)}`,
    );
  });
  routes.get('/cashier/:number', (context) => {
    const language = languageOf(context);
    const view = bank.view(context.req.param('number'));
    return view
      ? show(context, language, paymentPage(view, language))
      : show(context, language, html`<p>${text.missing[language]}</p>`, 404);
  });
  routes.post('/cashier/:number', async (context) => {
    const number = context.req.param('number');
    const form = await context.req.parseBody();
    const mood = moods.find((one) => one === form['mood']);
    const view = bank.view(number);
    if (!mood || !view) return context.text('no such payment or mood', 404);
    const payer = accounts.find((one) => one === form['account']);
    bank.act(number, mood, { payer });
    return context.redirect(
      mood === 'late' && view.state === 'waiting'
        ? `/cashier/${number}?lang=${languageOf(context)}`
        : view.returnUrl,
      303,
    );
  });
  return routes;
}

function paymentPage(view: PaymentView, language: Language) {
  const open = view.state === 'waiting';
  // A payment that is paid can be paid again by mistake, and a closed one late: those are what a shop must withstand.
  const offered = open
    ? moods
    : view.state === 'paid'
      ? (['pay'] as const)
      : view.state === 'closed'
        ? (['late'] as const)
        : [];
  const button = (mood: Mood, main: boolean) =>
    html`<button class="${main ? 'main' : ''}" name="mood" value="${mood}">
      ${moodWords[mood][language]}<small>${moodWords[mood].hint[language]}</small>
    </button>`;
  return html` <p class="state"><span class="tag ${view.state}">${stateWords[view.state][language]}</span></p>
    <p class="label">${text.amount[language]}</p>
    <p class="amount">¥${yuan(BigInt(view.amount))}</p>
    <p>${subjectIn(view.subject, language)}<br /><span class="quiet">${text.to[language]}</span></p>
    <dl>
      <dt>${text.number[language]}</dt>
      <dd>${view.number}</dd>
      <dt>${text.ref[language]}</dt>
      <dd>${view.ref}</dd>
      <dt>${text.until[language]}</dt>
      <dd>${beijingText(instant(view.expiresAt))}</dd>
    </dl>
    ${view.armed ? html`<p class="note">${text.armed[language]}</p>` : ''}
    ${
      view.trades.length > 0
        ? html`<h2>${text.trades[language]}</h2>
            ${view.trades.map((one) => html`<p class="row"><span>${one.tradeNo}</span><span>¥${yuan(BigInt(one.amount))}</span></p>`)}`
        : ''
    }
    <form method="post" action="/cashier/${view.number}?lang=${language}">
      ${
        open
          ? html`<p>
                <label
                  >${text.account[language]}
                  <select name="account">
                    <option value="">${text.untold[language]}</option>
                    ${accounts.map((one) => html`<option>${one}</option>`)}
                  </select></label
                >
              </p>
              ${button('pay', true)}
              <h2>${text.test[language]}</h2>`
          : ''
      }
      <div class="grid">
        ${offered.filter((mood) => !open || mood !== 'pay').map((mood) => button(mood, false))}
      </div>
    </form>
    <p><a href="${view.returnUrl}">${text.back[language]}</a></p>`;
}

/** The shop writes both languages: '盟约 订单付款 / Mengyue order'. */
const subjectIn = (subject: string, language: Language): string => {
  const [zh = subject, en = zh] = subject.split(' / ');
  return language === 'zh' ? zh : en;
};

const languageOf = (context: Context): Language => {
  const asked =
    context.req.query('lang') ?? (/^\s*en/i.test(context.req.header('accept-language') ?? '') ? 'en' : 'zh');
  return asked === 'en' ? 'en' : 'zh';
};

function show(
  context: Context,
  language: Language,
  content: unknown,
  status: 200 | 404 = 200,
): Response | Promise<Response> {
  const other = language === 'zh' ? 'en' : 'zh';
  context.header(
    'Content-Security-Policy',
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
  );
  context.header('Referrer-Policy', 'no-referrer');
  context.header('X-Content-Type-Options', 'nosniff');
  return context.html(
    html`<!doctype html>
      <html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>${text.title[language]}</title>
          <style>
            ${raw(style)}
          </style>
        </head>
        <body>
          <p class="banner">${text.banner[language]}</p>
          <main>
            <header>
              <a href="/?lang=${language}">${text.title[language]}</a
              ><a href="?lang=${other}" lang="${other}">${other === 'en' ? 'English' : '中文'}</a>
            </header>
            ${content}
          </main>
        </body>
      </html>`,
    status,
  );
}

// The product's colours and measures; a page of another house, so none of its components.
const style = `
:root{color-scheme:light dark;--bg:#f3f5ef;--surface:#fdfefb;--line:#d5dbd0;--edge:#7f8b84;--ink:#17211d;--ink-2:#46524c;--brand:#0f5749;--on-brand:#fff;--hold:#7d5000;--hold-soft:#faeed2;--ok-soft:#dcebe3;--bad:#a22d18;--bad-soft:#fae5de}
@media (prefers-color-scheme:dark){:root{--bg:#111815;--surface:#18211d;--line:#2d3934;--edge:#7d8b84;--ink:#e7ece7;--ink-2:#b4bfb9;--brand:#7cc7b0;--on-brand:#0b201a;--hold:#f0c36a;--hold-soft:#33290f;--ok-soft:#17332b;--bad:#ff9d86;--bad-soft:#3a1a13}}
*{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--ink);font:16px/1.75 "PingFang SC","HarmonyOS Sans SC","Noto Sans SC","Noto Sans CJK SC","Microsoft YaHei",system-ui,sans-serif;font-variant-numeric:tabular-nums}
.banner{margin:0;padding:12px 16px;background:var(--hold-soft);color:var(--hold);font-weight:600;text-align:center;line-height:1.5}
main{max-width:560px;margin:24px auto 48px;padding:24px;background:var(--surface);border:1px solid var(--line);border-radius:14px}
header{display:flex;justify-content:space-between;gap:16px;margin-bottom:16px}header a:first-child{font-weight:700;color:var(--ink);text-decoration:none}
a{color:var(--brand)}h1{font-size:22px;line-height:1.25}h2{font-size:16px;margin:24px 0 8px}
.label,.quiet,dt{color:var(--ink-2);font-size:14px}.label{margin:0}.amount{font-size:36px;line-height:1.25;font-weight:700;margin:0 0 16px}
dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 16px;margin:16px 0;font-size:14px}dd{margin:0;overflow-wrap:anywhere}
.state{margin:0 0 8px}.tag{display:inline-block;padding:2px 8px;border-radius:4px;font-size:14px;line-height:1.5;background:var(--hold-soft);color:var(--hold)}.tag.paid{background:var(--ok-soft);color:var(--brand)}.tag.closed{background:var(--bad-soft);color:var(--bad)}
.row{display:flex;justify-content:space-between;gap:16px;margin:0;padding:8px 0;border-bottom:1px solid var(--line);font-size:14px;overflow-wrap:anywhere}
.note{padding:12px;border-radius:8px;background:var(--hold-soft);color:var(--hold)}
.grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(220px,1fr));gap:8px}
select{font:inherit;min-height:44px;padding:4px 8px;border:1px solid var(--edge);border-radius:8px;background:var(--surface);color:var(--ink)}
button{width:100%;min-height:48px;padding:8px 16px;border:1px solid var(--edge);border-radius:8px;background:none;color:var(--ink);font:inherit;line-height:1.5;text-align:left;cursor:pointer}
button:hover{border-color:var(--brand)}button:active{transform:translateY(1px)}button:focus-visible,a:focus-visible{outline:3px solid var(--brand);outline-offset:2px}
button.main{background:var(--brand);color:var(--on-brand);border-color:var(--brand);font-weight:600;text-align:center}small{display:block;font-size:14px;font-weight:400;opacity:.85}
@media (max-width:600px){main{margin:0;border:0;border-radius:0;padding:16px}}`;
