import type { LureKind, Speaker } from './contract.ts';

/** A way out of the platform that a text names. `mask`: the part of the text that nobody needs to see, as places in the text. */
export type Lure = { readonly kind: LureKind; readonly mask: readonly [from: number, to: number] | null };

type Asked = {
  readonly from: Speaker;
  /** Hosts that the listing itself names, e.g. where a key is redeemed: speaking of them leads nobody away. */
  readonly hosts?: readonly string[];
};

/**
 * The ways out of the platform in a text (F082, VGSR article 4): tricks with spaces, full-width or look-alike letters and figures in words
 * are seen through. What belongs to the trade is none: an account to be topped up, ways to pay here, the issuer's own address, a warning.
 */
export function luresIn(text: string, { from, hosts = [] }: Asked): Lure[] {
  const plain = seen(text);
  const tight = without(plain, separator);
  const figures = replaced(tight, (char) => figureOf[char] ?? char);
  return distinct([
    ...wechat(tight),
    ...qq(tight),
    ...phones(figures, from),
    ...links(plain, hosts),
    ...transfers(tight),
    ...others(tight),
  ]);
}

/** The text as the other side reads it: names and numbers that lead away are dots, everything else stays. The original is in evidence. */
export function masked(text: string, lures: readonly Lure[]): string {
  const chars = [...text].flatMap((char) => (char.length === 1 ? [char] : [char, '']));
  for (const { mask } of lures)
    if (mask) for (let i = mask[0]; i < mask[1]; i++) if (/\S/.test(chars[i] ?? '')) chars[i] = '●';
  return chars.join('');
}

/** A text as the eye reads it, and where in the original each of its letters stands. */
type Seen = { readonly text: string; readonly at: readonly number[] };

const lookAlike: Readonly<Record<string, string>> = Object.fromEntries([
  ...zip('аеорсухвкмтнѵⅴԛԝіјѕɡαοχνυκ', 'aeopcyxbkmthvvqwijsgaoxvuk'),
  ...zip('➕⊕✚', '+++'),
  ...zip('薇巍徽嶶溦', '微微微微微'),
  ...zip('芯訊伩', '信信信'),
  ...zip('㐃', 'q'),
]);
function zip(chars: string, as: string): [string, string][] {
  return [...chars].map((char, i) => [char, [...as][i] ?? char]);
}
const figureOf: Readonly<Record<string, string>> = Object.fromEntries(
  zip('〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖', '001234567891123456789'),
);

// Marks without a width, combining marks, the frame of a keycap.
const unseen = /[\p{Cf}\p{Mn}\p{Me}\ufe0f]/u;
const separator = /[\s.\-_·•*~|/\\,，。、'"“”‘’()（）[\]【】:：=#^&]/;

function seen(text: string): Seen {
  let out = '';
  const at: number[] = [];
  let place = 0;
  for (const char of text) {
    if (!unseen.test(char))
      for (const one of char.normalize('NFKC').toLowerCase()) {
        // A picture between letters separates them as a space does.
        const as = lookAlike[one] ?? (/\p{Extended_Pictographic}/u.test(one) ? ' ' : one);
        out += as;
        for (let i = 0; i < as.length; i++) at.push(place);
      }
    place += char.length;
  }
  return { text: out, at };
}

function without({ text, at }: Seen, drop: RegExp): Seen {
  const units = text.split('');
  return {
    text: units.filter((unit) => !drop.test(unit)).join(''),
    at: at.filter((_, i) => !drop.test(units[i] ?? '')),
  };
}

const replaced = ({ text, at }: Seen, as: (char: string) => string): Seen => ({
  text: text.split('').map(as).join(''),
  at,
});

/** Finds a pattern everywhere; its group `id` is what is masked. */
function find({ text, at }: Seen, kind: LureKind, pattern: RegExp, isNone: Harmless = () => false): Lure[] {
  return [...text.matchAll(pattern)].flatMap((match): Lure[] => {
    const before = text.slice(Math.max(0, match.index - 10), match.index);
    const after = text.slice(match.index + match[0].length, match.index + match[0].length + 10);
    if (isNone(before, after, match[0])) return [];
    const id = match.groups?.['id'];
    if (!id) return [{ kind, mask: null }];
    const from = match.index + match[0].lastIndexOf(id);
    const [first = 0, last = 0] = [at[from], at[from + id.length - 1]];
    return [{ kind, mask: [first, last + 1] }];
  });
}
type Harmless = (before: string, after: string, whole: string) => boolean;

const ask = '(?:加|\\+|联系|找|私聊|添加|搜|进|入)(?:我|你|下|个|一|的|咱|老板|客服|店主|这|好友)*';
const isTrade: Harmless = (before, after) =>
  /充值?|冲值|账号|帐号|绑定|登录|登陆|开通|到账|要充|给我?的?$/.test(before) ||
  /^(充|冲|开通|到账|登录|登陆|会员|没到)/.test(after);

const wechatName = '(?:微信|微x|wx|vx|v信|w信|weixin|wechat|微芯|维信)';
function wechat(tight: Seen): Lure[] {
  return [
    ...find(
      tight,
      'wechat',
      new RegExp(
        `${ask}(?:${wechatName}|微|威信|卫星|v(?!ip))(?:号|id|号码|群|是|同号)*(?<id>[a-z0-9][a-z0-9]{4,19})`,
        'g',
      ),
    ),
    ...find(
      tight,
      'wechat',
      new RegExp(`${ask}${wechatName}(?!支付|红包封面|登录|登陆|小程序)`, 'g'),
      isWarned,
    ),
    ...find(
      tight,
      'wechat',
      new RegExp(
        `(?<![a-z0-9])${wechatName}(?:号|id|号码|群|是|同号)*(?<id>[a-z][a-z0-9]{5,19}|\\d{6,12})`,
        'g',
      ),
      isTrade,
    ),
    ...find(tight, 'wechat', /(?:微信|v信|vx|wx)(?:上|里)?(?:聊|说|谈|私聊|联系|找我|详聊|发我)/g, isWarned),
  ];
}

const qqName = '(?:qq|q群|扣扣|抠抠|口口|企鹅|球球)';
function qq(tight: Seen): Lure[] {
  return [
    ...find(
      tight,
      'qq',
      new RegExp(`${ask}(?:${qqName}|q(?=\\d))(?:号|号码|群|群号|是)*(?<id>\\d{5,11})`, 'g'),
      isTopUp,
    ),
    ...find(
      tight,
      'qq',
      new RegExp(`${ask}${qqName}(?!会员|音乐|飞车|币|浏览器|邮箱|登录|登陆|\\d)`, 'g'),
      isWarned,
    ),
    ...find(
      tight,
      'qq',
      new RegExp(
        `(?<![a-z0-9])(?:${qqName}|群)(?:号|号码|群|群号|是)*(?<id>\\d{5,11})(?!\\d|元|点|个|张)`,
        'g',
      ),
      isTrade,
    ),
    ...find(tight, 'qq', /(?:qq|扣扣|企鹅)(?:上|里)?(?:聊|说|谈|私聊|联系|找我|详聊|发我)/g, isWarned),
  ];
}
const isTopUp: Harmless = (before) => /充|冲/.test(before);
/** 不要加微信 is advice. */
const isWarned: Harmless = (before) =>
  /(不要|别|不会|不能|不用|拒绝|禁止|请勿|勿|不|没有|没)(?:再|去|让人|让|跟|和|私下|擅自|随便|在|脱离平台)*$/.test(
    before,
  );

function phones(figures: Seen, from: Speaker): Lure[] {
  const number = /(?<!\d)(?<id>(?:86|\+86)?1[3-9]\d{9}|400\d{7}|0\d{2,3}[2-9]\d{6,7})(?!\d)/g;
  const leads =
    /(电话|手机|致电|打我|打给|拨打|拨|短信|联系|加我|加|call|tel|phone|whatsapp|微信同号)[^\d]{0,6}$/;
  return find(figures, 'phone', number, (before, after, whole) => {
    if (isTrade(before, after, whole) || /话费|流量|号码$/.test(before)) return true;
    const isBare = figures.text.length - whole.length < 4;
    return !(
      leads.test(before) ||
      /^(联系|找我|加我|打给我|微信同号|同号)/.test(after) ||
      (from === 'merchant' && isBare)
    );
  });
}

const endings =
  'com|cn|net|org|io|me|cc|xyz|top|shop|vip|club|ru|co|app|link|site|online|store|info|biz|ly|gg|im|icu|fun|live|pro|tk';
function links(plain: Seen, hosts: readonly string[]): Lure[] {
  const pattern = new RegExp(
    `(?<id>(?:https?://|www\\.)[^\\s<>"'，。）】、]+|(?<![@a-z0-9._-])(?:[a-z0-9-]+\\s*(?:\\.|点|。|\\(dot\\))\\s*)+(?:${endings})(?![a-z0-9-])(?:/[^\\s，。）】]*)?)`,
    'g',
  );
  // a . com and a点com are a.com.
  return find(plain, 'link', pattern, (_before, _after, whole) => {
    const host = hostOf(whole);
    return hosts.some((own) => host === own || host.endsWith(`.${own}`));
  });
}

const hostOf = (link: string): string =>
  link
    .replaceAll(/\s|\(dot\)/g, (piece) => (piece === '(dot)' ? '.' : ''))
    .replaceAll(/[点。]/g, '.')
    .replace(/^https?:\/\//, '')
    .replace(/^[^@/]*@/, '')
    .split(/[/:?#]/)[0] ?? '';

/** Every host that a text names, for what a listing itself says. */
export function hostsIn(text: string): string[] {
  const found = text
    .toLowerCase()
    .matchAll(/https?:\/\/([a-z0-9.-]+)|(?<![@a-z0-9._-])((?:[a-z0-9-]+\.)+[a-z]{2,6})(?![a-z0-9-])/g);
  return [...new Set([...found].map((match) => (match[1] ?? match[2] ?? '').replace(/^www\./, '')))];
}

function transfers(tight: Seen): Lure[] {
  const ways = [
    /(?:私下|线下|站外|平台外|场外|直接|微信|支付宝|vx|v信|qq)(?:给我|给你|再|来|走|帮你|向我|用)*(?:转账|转帐|转我|付款给我|打款|打钱|付钱给我|交易|成交)/g,
    /(?:转账|转帐|打款|打钱|汇款|扫码付?)(?:给我|到我|我|能|可以|可|就|更|有)*(?:优惠|便宜|减|少\d|打折|微信|支付宝|我的卡|我卡)/g,
    /(?:转给我|转我|打我|汇我|付我|打给我)(?:微信|支付宝|卡|账户|银行卡|就行|就好|\d)/g,
    /(?:不走|绕过|绕开|离开|脱离|避开|跳过)(?:了)?(?:平台|盟约|担保|托管)(?:的)?(?:付|转|交易|私下|更|可以|便宜|直接|给你)/g,
    /(?:扫|发|用|看)(?:我|你|下|一下|的|这个)*(?:收款码|收款二维码|付款码)/g,
    /(?:发|给)(?:我|个)+红包/g,
    /(?:银行|建行|工行|农行|中行|招行|交行|邮储|收款|打款|转账|汇款)(?:卡|账户|账号|卡号|到|至|号|是)*(?<id>\d{16,19})(?!\d)/g,
  ];
  return ways.flatMap((way) => find(tight, 'transfer', way, isWarned));
}

function others(tight: Seen): Lure[] {
  const apps = '(?:telegram|电报|纸飞机|飞机号|飞机群|whatsapp|discord|陌陌|钉钉群|tg(?![a-z]))';
  return [
    ...find(tight, 'other', new RegExp(`${ask}${apps}(?:号|群|id)*(?<id>@?[a-z0-9]{5,32})?`, 'g'), isWarned),
    ...find(tight, 'other', new RegExp(`(?<![a-z])${apps}(?:号|群|id)*(?<id>@[a-z0-9]{5,32})`, 'g')),
    ...find(
      tight,
      'other',
      /(?:去|到|上|走|来|在)(?:我|的|我们|咱)*(?:闲鱼|咸鱼|转转|抖音|小红书|拼多多|淘宝)(?:上|里|店|号|小店)*(?:私信|私聊|下单|拍|交易|买|付)/g,
      isWarned,
    ),
  ];
}

/** One of each kind and place; what has nothing to mask is not said again beside what has. */
function distinct(lures: readonly Lure[]): Lure[] {
  const kept = new Map<string, Lure>();
  for (const lure of lures) kept.set(`${lure.kind} ${lure.mask?.join('-') ?? ''}`, lure);
  const withMask = new Set([...kept.values()].filter((lure) => lure.mask).map((lure) => lure.kind));
  return [...kept.values()].filter((lure) => lure.mask !== null || !withMask.has(lure.kind));
}
