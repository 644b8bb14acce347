import { ask, end, look, network, paid, restart, to, tree } from './seed.data.ts';
import type { End, Step } from './tree.contract.ts';

const delay = (next: string): Step =>
  look('delay', ['到账时间', 'Time of arrival'], 'delay', { soon: 'wait', over: 'cancel' }, next);
const late: End[] = [
  end('wait', 'chat', [
    '还在承诺时间内，或者刚过几分钟，先在消息里问商家。要提交售后也可以，不受影响。',
    'It is within the promised time or a few minutes over: ask the shop in the messages first. You may file a case all the same.',
  ]),
  end('cancel', 'order', [
    '超过承诺时间还没交付：回订单页一键取消，全额退，不用申诉。',
    'The promise is over and nothing was delivered: cancel with one click on the order page and get all back, without a case.',
  ]),
];
const typo = end('typo', 'chat', [
  '填错了先告诉商家，在到账前还改得了。订单页有“号码填错了”。要提交售后随时可以。',
  'Tell the shop first: before it arrives it can still be changed, and the order page has a button for it. You can file a case at any time.',
]);

/** Top-ups: time, number, then whether it can be seen. */
export const topup = tree(
  [
    paid('delay'),
    delay('number'),
    ask(
      'known',
      'number',
      ['充值号码', 'Number'],
      ['核对一遍充的号码：填对了吗？', 'Check the number once more: is it right?'],
      [
        to('right', ['对', 'Yes'], 'network'),
        to('mistyped', ['我填错了', 'I mistyped it'], 'typo'),
        to('other', ['我填对了，充到别处了', 'I typed it right, it went elsewhere'], 'wrong_target'),
      ],
    ),
    network('expiry', [
      '换个网络，打运营商客服电话或在官方应用里再查一次余额。到了吗？',
      'Change the network and look at the balance again, by phone or in the official app. Has it arrived?',
    ]),
    ask(
      'expiry',
      'expiry',
      ['账户有效期', 'Validity of the account'],
      ['账户停机、注销或过了有效期吗？', 'Is the account barred, closed or expired?'],
      [
        to('valid', ['没有，正常', 'No, it works'], 'system'),
        to('over', ['停机或过期了', 'Barred or expired'], 'ask_shop'),
      ],
    ),
    ask(
      'system',
      'system',
      ['商品要求', 'Requirements'],
      [
        '运营商、地区和账户类型，和商品页写的对得上吗？',
        'Do carrier, region and kind of account fit the listing?',
      ],
      [to('fits', ['对得上', 'They fit'], 'restart'), to('unfit', ['对不上', 'They do not'], 'ask_shop')],
    ),
    restart('amount', [
      '退出官方应用，清缓存重启，再看一次账单。到了吗？',
      'Close the official app, clear its cache, restart, and look at the bill again. Has it arrived?',
    ]),
    ask(
      'special',
      'amount',
      ['到账金额', 'Amount'],
      ['是一点都没到，还是少到了？', 'Did nothing arrive, or less than bought?'],
      [
        to('none', ['一点都没到', 'Nothing'], 'missing'),
        to('short', ['少到了', 'Less'], 'short'),
        to('late', ['到了，但是晚了', 'It came, but late'], 'delayed'),
      ],
      { note: ['看到的余额或账单（可不填）', 'The balance or bill that you see (optional)'] },
    ),
  ],
  [
    ...late,
    typo,
    end('ask_shop', 'chat', [
      '先问商家能不能换一个充。要提交售后随时可以。',
      'Ask the shop whether it can go elsewhere. You can file a case at any time.',
    ]),
    end(
      'wrong_target',
      'case',
      [
        '充到了别处。提交售后，由商家证明。',
        'It went elsewhere. File a case; the shop must prove otherwise.',
      ],
      'TOPUP_WRONG_TARGET',
    ),
    end(
      'missing',
      'case',
      [
        '没有到账。提交售后，供货方的流水号一起带上。',
        'It did not arrive. File a case; the supplier’s number goes with it.',
      ],
      'TOPUP_NOT_ARRIVED',
    ),
    end(
      'short',
      'case',
      ['少到了。提交售后，退差额或补足。', 'Less arrived. File a case for the rest.'],
      'SHORT_QTY',
    ),
    end(
      'delayed',
      'case',
      [
        '到账晚了。提交售后，时间以系统记录为准。',
        'It came late. File a case; our record of the time counts.',
      ],
      'TOPUP_DELAY',
    ),
  ],
);

/** Memberships (F046): the term as it stands, the right account, out and in again, and whether somebody else is in it. */
export const membership = tree(
  [
    paid('delay'),
    delay('state'),
    look(
      'state',
      ['会员状态', 'Membership'],
      'membership',
      { over: 'term', pending: 'start', suspended: 'stopped', ended: 'refunded' },
      'network',
    ),
    ask(
      'known',
      'term',
      ['到期日', 'End of the term'],
      [
        '会员已经到期。到期日和买的时长对得上吗？',
        'The membership is over. Does its end fit the term that you bought?',
      ],
      [
        to('right', ['对得上，续费就好', 'It does; I will renew'], 'renew'),
        to('short', ['少给了', 'It was too short'], 'short'),
      ],
    ),
    network('expiry'),
    ask(
      'expiry',
      'expiry',
      ['到期日', 'End of the term'],
      ['会员中心里的到期日过了吗？', 'Is the end date on the membership page over?'],
      [
        to('valid', ['没过', 'No'], 'account', 'valid'),
        to('over', ['过了，比买的短', 'Yes, sooner than bought'], 'short', 'over'),
        to('never', ['没有会员', 'There is no membership'], 'account'),
      ],
      { fact: 'expiry' },
    ),
    ask(
      'system',
      'account',
      ['登录的账号', 'The account'],
      ['现在登录的，是开通会员的那个账号吗？', 'Are you in the account that it was opened for?'],
      [
        to('switched', ['换对账号就有了', 'In the right one it is there'], 'solved'),
        to('right', ['是那个账号', 'Yes, I am'], 'restart'),
        to('mistyped', ['下单时填错账号了', 'I gave the wrong account'], 'typo'),
      ],
    ),
    restart('devices', [
      '退出账号重新登录，清一下缓存。权益有了吗？',
      'Log out and in again, and clear the cache. Are the rights there?',
    ]),
    ask(
      'special',
      'devices',
      ['别处登录', 'Logged in elsewhere'],
      [
        '在账号的登录设备里看：有不认识的设备吗？',
        'Look at the devices that are logged in: is one of them not yours?',
      ],
      [
        to('own', ['都是我的', 'All are mine'], 'rights'),
        to('stranger', ['有，改密码后好了', 'Yes; it works after I changed the password'], 'solved'),
        to('shared', ['是商家给的账号，别人也在用', 'The shop gave it to me, and others use it'], 'shared'),
      ],
      {
        hint: [
          '自己的账号被别人登录：先改密码，再退出全部设备。',
          'If somebody else is in your own account: change the password, then log all devices out.',
        ],
      },
    ),
    ask(
      'special',
      'rights',
      ['权益', 'Rights'],
      ['是完全没开通，还是少了权益？', 'Was nothing opened, or are rights missing?'],
      [
        to('none', ['完全没开通', 'Nothing was opened'], 'missing'),
        to('less', ['少了权益', 'Rights are missing'], 'shared'),
      ],
    ),
  ],
  [
    ...late,
    typo,
    end('start', 'order', [
      '会员还没开始：在订单页点“现在开始”。',
      'It has not begun: press “start” on the order page.',
    ]),
    end('renew', 'order', ['到期了，在“我的会员”里续费。', 'It is over; renew it among your memberships.']),
    end('refunded', 'order', ['这段会员已经退款结束。', 'This term was refunded and has ended.']),
    end('stopped', 'chat', [
      '暂停计时中，天数不会少。先在消息里问原因。',
      'It is stopped and loses no day. Ask why in the messages.',
    ]),
    end(
      'short',
      'case',
      [
        '时长不足。提交售后，按天算得出来。',
        'The term was too short. File a case; it is worked out by the day.',
      ],
      'CARD_EXPIRED',
    ),
    end(
      'shared',
      'case',
      ['权益缺失或是共享号。提交售后。', 'Rights are missing or the account is shared. File a case.'],
      'MEMBERSHIP_MISSING',
    ),
    end('missing', 'case', ['没有开通。提交售后。', 'It was not opened. File a case.'], 'TOPUP_NOT_ARRIVED'),
  ],
);

/** Things inside games. */
export const game = tree(
  [
    paid('delay'),
    delay('place'),
    ask(
      'known',
      'place',
      ['区服和角色', 'Server and character'],
      ['核对区服和角色：填对了吗？', 'Check server and character: are they right?'],
      [
        to('right', ['对', 'Yes'], 'network'),
        to('mistyped', ['我填错了', 'I mistyped them'], 'typo'),
        to('banned', ['账号被封了', 'The account was banned'], 'banned'),
        to('taken', ['到了又被收回', 'It came and was taken back'], 'taken'),
      ],
    ),
    network('expiry'),
    ask(
      'expiry',
      'expiry',
      ['游戏邮件', 'Game mail'],
      ['看游戏邮箱：有没有过期没领的邮件？', 'Look at the game’s mail: was something left until it expired?'],
      [
        to('none', ['没有', 'No'], 'system'),
        to('found', ['找到了', 'I found it'], 'solved'),
        to('expired', ['有，过期了', 'Yes, and it expired'], 'ask_shop'),
      ],
    ),
    ask(
      'system',
      'system',
      ['维护和版本', 'Maintenance and version'],
      ['游戏在维护，或者客户端没更新吗？', 'Is the game in maintenance, or its client out of date?'],
      [
        to('fine', ['都正常', 'Neither'], 'restart'),
        to('fixed', ['更新后就有了', 'After the update it is there'], 'solved'),
        to('maintenance', ['在维护', 'In maintenance'], 'ask_shop'),
      ],
    ),
    restart('amount'),
    ask(
      'special',
      'amount',
      ['数量', 'Amount'],
      ['是没到，还是少了？', 'Did nothing arrive, or too little?'],
      [to('none', ['没到', 'Nothing'], 'missing'), to('short', ['少了', 'Too little'], 'short')],
    ),
  ],
  [
    ...late,
    typo,
    end('ask_shop', 'chat', [
      '先问商家能不能重发。要提交售后随时可以。',
      'Ask the shop to send it again. You can file a case at any time.',
    ]),
    end('banned', 'case', ['账号被封。提交售后。', 'The account was banned. File a case.'], 'ACC_BANNED'),
    end('taken', 'case', ['被收回。提交售后。', 'It was taken back. File a case.'], 'COIN_TRACED'),
    end('missing', 'case', ['没有到账。提交售后。', 'It did not arrive. File a case.'], 'TOPUP_NOT_ARRIVED'),
    end('short', 'case', ['数量不足。提交售后。', 'Too little. File a case.'], 'SHORT_QTY'),
  ],
);
