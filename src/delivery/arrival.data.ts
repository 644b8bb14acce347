import type { GoodsKind } from '../catalog/content.contract.ts';
import type { Words } from '../kit/text.ts';

/** How a buyer of each kind of goods sees with their own eyes that it arrived (F030), and what helps before anybody is asked (F044, F046). */
export type Arrival = { readonly steps: readonly Words[]; readonly before: readonly Words[] };

export const arrivals: Readonly<Record<GoodsKind, Arrival>> = {
  card: {
    steps: [
      {
        zh: '点“查看卡密”，复制卡号和密码，不要手抄。',
        en: 'Reveal the key and copy it; do not type it by hand.',
      },
      {
        zh: '在官方页面先查面额或状态，再确认充入的账号。',
        en: 'On the official page look at its value or state first, then check the account it goes to.',
      },
      {
        zh: '充完回到账号，看余额是不是多了这么多。',
        en: 'Afterwards look at the balance: it must have grown by that much.',
      },
    ],
    before: [
      {
        zh: '提示卡密错误：用下面的“对一对”，查空格、大小写、O 和 0。',
        en: 'Told that it is wrong: use the checker below for spaces, capitals, O and 0.',
      },
      {
        zh: '提示已使用：别再重复试，直接在这一单里说不能用。',
        en: 'Told that it was used: do not try again; say in this order that it fails.',
      },
    ],
  },
  licence: {
    steps: [
      {
        zh: '从商品页写的官方地址下载，核对版本号。',
        en: 'Download from the official address of the listing and compare the version.',
      },
      {
        zh: '激活后在软件的“关于”或“授权”页，看到期日和版本。',
        en: 'After activating, look at the “About” or “Licence” page for the end date and edition.',
      },
      {
        zh: '本页的设备清单里应该多出这台设备。',
        en: 'The list of devices on this page should show this one.',
      },
    ],
    before: [
      {
        zh: '激活失败：先联网，再核对系统版本是不是符合要求。',
        en: 'Activation fails: go online, then compare your system with the requirements.',
      },
      {
        zh: '设备数满了：先在旧设备上解绑。',
        en: 'No seat left: unbind an old device first.',
      },
    ],
  },
  topup: {
    steps: [
      {
        zh: '拨打运营商客服电话，或者在它的应用里查余额。',
        en: 'Call the carrier or look at the balance in its app.',
      },
      {
        zh: '对照充值前后的余额和到账时间。',
        en: 'Compare the balance before and after, and the time.',
      },
      {
        zh: '本页有供货方的流水号，客服可以凭它查。',
        en: 'This page shows the supplier’s number, which customer service can look up.',
      },
    ],
    before: [
      {
        zh: '没看到余额变化：先等几分钟，月底和夜里会慢。',
        en: 'No change yet: wait some minutes; month ends and nights are slow.',
      },
      {
        zh: '再核对一次号码，本页显示的是遮住中间的号码。',
        en: 'Check the number once more; this page shows it with its middle hidden.',
      },
    ],
  },
  membership: {
    steps: [
      {
        zh: '登录要开通的那个账户，打开“会员中心”。',
        en: 'Log in to the account it was opened for and open its membership page.',
      },
      {
        zh: '看会员等级和到期日，和本页写的对照。',
        en: 'Compare level and end date with this page.',
      },
      {
        zh: '试一项权益：播一集、下一首、进一次课。',
        en: 'Try one benefit: an episode, a song, a lesson.',
      },
    ],
    before: [
      {
        zh: '权益没变：退出账号重新登录。',
        en: 'Nothing changed: log out and in again.',
      },
      {
        zh: '被挤下线：看一眼账户是不是在别处登录。',
        en: 'Thrown out: see whether the account is logged in elsewhere.',
      },
      {
        zh: '先看本页的剩余天数，确认没有到期。',
        en: 'Look at the days left on this page: it may have ended.',
      },
    ],
  },
  game: {
    steps: [
      {
        zh: '进游戏看背包、邮箱或余额，注意区服和角色。',
        en: 'Look into bag, mail or balance in the game; mind the server and character.',
      },
      {
        zh: '对照数量，截下游戏里的到账记录。',
        en: 'Compare the amount, and keep the record that the game shows.',
      },
    ],
    before: [
      {
        zh: '没看到：换线、重新登录，游戏邮件可能要几分钟。',
        en: 'Not there: log in again; game mail may take some minutes.',
      },
      {
        zh: '维护期间兑换不了，开服再看。',
        en: 'During maintenance nothing arrives; look again afterwards.',
      },
    ],
  },
  account: {
    steps: [
      {
        zh: '登录后先对照商品页逐项看：等级、资产、绑定。',
        en: 'Log in and compare with the listing item by item: level, assets, bindings.',
      },
      {
        zh: '马上改密码，换绑手机和邮箱，打开登录保护。',
        en: 'Change the password, phone and e-mail at once and turn on login protection.',
      },
      {
        zh: '确认实名和防沉迷状态和约定一致。',
        en: 'Check that the real-name state is as agreed.',
      },
    ],
    before: [
      {
        zh: '登不上：先核对区服和登录方式，不要连续试密码。',
        en: 'Cannot log in: check server and way of login; do not keep guessing.',
      },
    ],
  },
  download: {
    steps: [
      {
        zh: '下载后比对文件大小和校验值。',
        en: 'Compare size and checksum after the download.',
      },
      {
        zh: '打开文件，看版本和页数、时长对不对。',
        en: 'Open it and look at its version, pages or length.',
      },
    ],
    before: [
      {
        zh: '下载中断：同一个链接接着下，不会多算次数。',
        en: 'Broken off: go on with the same link; it is not counted twice.',
      },
      {
        zh: '打不开：换个解压软件，提取码区分大小写。',
        en: 'It does not open: try another program; extraction codes tell capitals apart.',
      },
    ],
  },
  service: {
    steps: [
      {
        zh: '按约定的每一步看成果，满意再确认这一步。',
        en: 'Look at the result of each step as agreed, and confirm it only when it is right.',
      },
    ],
    before: [
      {
        zh: '进度没动：在这一单的消息里问，记录会留下。',
        en: 'Nothing moves: ask in the messages of this order; they are kept.',
      },
    ],
  },
  physical: {
    steps: [
      {
        zh: '当着快递员看外包装，破损就拍照再签收。',
        en: 'Look at the parcel before the courier leaves; photograph damage before you sign.',
      },
      {
        zh: '拆开时录一段视频，数量和型号拍清楚。',
        en: 'Film the unpacking, with quantity and model in view.',
      },
    ],
    before: [
      {
        zh: '显示签收却没收到：先问驿站和家人，再在 24 小时内提出。',
        en: 'Marked as delivered but not here: ask the pick-up point and family, then say so within 24 hours.',
      },
    ],
  },
};
