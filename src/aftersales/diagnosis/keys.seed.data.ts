import { ask, end, look, network, paid, restart, to, tree } from './seed.data.ts';

/** Card keys: what it says, whether it was typed as issued, then from simple to not so simple. */
export const card = tree(
  [
    paid('reveal'),
    look('reveal', ['查看卡密', 'Reveal'], 'reveal', { sealed: 'look_first' }, 'issuer'),
    look(
      'issuer',
      ['发行方核验', 'The issuer'],
      'issuer',
      { before: 'used', after: 'own_account', sometime: 'own_account' },
      'symptom',
    ),
    ask(
      'known',
      'symptom',
      ['提示', 'Message'],
      ['它提示什么？', 'What does it say?'],
      [
        to('used', ['已被使用', 'Already used'], 'own_account'),
        to('wrong', ['卡密错误或不存在', 'Wrong, or does not exist'], 'compare'),
        to('expired', ['已过期', 'Expired'], 'network'),
        to('other', ['别的提示，或没反应', 'Something else, or nothing'], 'network'),
      ],
      { note: ['提示原文（可不填）', 'The message, word for word (optional)'] },
    ),
    ask(
      'known',
      'own_account',
      ['查自己的账号', 'Own accounts'],
      [
        '看一眼你常用的几个账号：是不是充进了其中一个？',
        'Look at the accounts you use: did it go into one of them?',
      ],
      [to('yes', ['是，找到了', 'Yes, found it'], 'solved'), to('no', ['都没有', 'None of them'], 'used')],
      {
        hint: [
          '先看最近登录过的应用和家人的账号。',
          'Look at the app you used last, and at those of your family.',
        ],
      },
    ),
    ask(
      'known',
      'compare',
      ['对一对', 'Comparison'],
      [
        '把你输入的贴进来，和发给你的对一对。不会显示卡密。',
        'Paste what you typed; it is compared with what was issued. The key is not shown.',
      ],
      [
        to('same', ['一模一样', 'The same'], 'network', 'same'),
        to('spelled', ['写法有出入', 'Spelled differently'], 'retype', 'case_or_space'),
        to('other', ['是另一张', 'Another key'], 'retype', 'other_unit'),
        to('different', ['不一样', 'Different'], 'retype', 'different'),
        to('skipped', ['没对', 'Not compared'], 'network'),
      ],
      { fact: 'check' },
    ),
    ask(
      'known',
      'retype',
      ['重新复制再输', 'Copied and typed again'],
      [
        '输入的和发给你的有出入。点“复制”再贴一次，不要手抄。行了吗？',
        'What you typed differs. Use “copy” and paste it again instead of typing. Does it work?',
      ],
      [
        to('fixed', ['行了', 'It works'], 'solved'),
        to('still', ['贴对了还是不行', 'Pasted right, still not'], 'network'),
        to('help', ['不会弄，想问人', 'I need help with it'], 'ask_shop'),
      ],
    ),
    network('expiry'),
    ask(
      'expiry',
      'expiry',
      ['有效期', 'Validity'],
      ['看一眼有效期：过期了吗？', 'Look at its validity: has it expired?'],
      [
        to('valid', ['没过期', 'No'], 'system', 'valid'),
        to('over', ['过期了，或比写的短', 'Yes, or shorter than stated'], 'expired', 'over'),
        to('unknown', ['看不到', 'It is not shown'], 'system'),
      ],
      { fact: 'expiry' },
    ),
    ask(
      'system',
      'system',
      ['地区和账号', 'Region and account'],
      [
        '充的地方、地区和账号类型，和商品页写的对得上吗？',
        'Do place, region and kind of account fit what the listing says?',
      ],
      [
        to('fits', ['对得上', 'They fit'], 'restart'),
        to('unfit', ['对不上', 'They do not'], 'ask_shop'),
        to('unsaid', ['商品页没写', 'The listing does not say'], 'restart'),
      ],
    ),
    restart('invalid'),
  ],
  [
    end('look_first', 'order', [
      '这张还没查看过。先在订单页查看再用；不想要了，没看过的可以一键取消全额退。',
      'It has not been revealed. Reveal it on the order page first; if you do not want it, an unseen key can be cancelled with one click for all of your money.',
    ]),
    end('ask_shop', 'chat', [
      '这种情况先问商家最快。不耽误售后：随时可以提交，时间不受影响。',
      'The shop is quickest here. It costs you nothing: you can file a case at any time.',
    ]),
    end(
      'used',
      'case',
      [
        '像是发给你之前就被用过了。提交售后，钱马上冻住。',
        'It seems to have been used before. File a case and the money is frozen at once.',
      ],
      'CARD_USED',
    ),
    end(
      'expired',
      'case',
      [
        '过期或有效期不足。提交售后，由商家证明。',
        'Expired, or valid for less than stated. File a case; the shop must prove otherwise.',
      ],
      'CARD_EXPIRED',
    ),
    end(
      'invalid',
      'case',
      [
        '能试的都试过了。提交售后，这些步骤已经替你记好。',
        'You have tried what can be tried. File a case; these steps are noted for you.',
      ],
      'CARD_INVALID',
    ),
  ],
);

/** Licences: state, seats, then from simple to not so simple, and every attempt to activate is noted (F034). */
export const licence = tree(
  [
    paid('licence'),
    look('licence', ['许可证', 'Licence'], 'licence', { over: 'expired', suspended: 'stopped' }, 'seats'),
    look('seats', ['设备数', 'Devices'], 'seats', { full: 'unbind' }, 'activation'),
    look(
      'activation',
      ['激活记录', 'Activations'],
      'activation',
      { refused: 'network', done: 'network' },
      'network',
    ),
    ask(
      'known',
      'unbind',
      ['解绑旧设备', 'Unbinding'],
      [
        '设备数满了。在订单页的设备清单里解绑一台旧的，再激活。行了吗？',
        'No seat is left. Unbind an old device in the list on the order page and activate again. Does it work?',
      ],
      [
        to('fixed', ['行了', 'It works'], 'solved'),
        to('cannot', ['解不了绑', 'It cannot be unbound'], 'seat'),
        to('still', ['解绑了还是不行', 'Unbound, still not'], 'network'),
      ],
    ),
    network('expiry', [
      '激活时别断网：换个网络，关掉代理和防火墙，再激活一次。行了吗？',
      'Stay online while you activate: change the network, turn proxy and firewall off, and try again. Does it work?',
    ]),
    ask(
      'expiry',
      'expiry',
      ['有效期', 'Validity'],
      ['软件里显示的有效期到了吗？', 'Is it over by what the software shows?'],
      [
        to('valid', ['没到', 'No'], 'system', 'valid'),
        to('over', ['到了，或比写的短', 'Yes, or shorter than stated'], 'expired', 'over'),
        to('unknown', ['看不到', 'It is not shown'], 'system'),
      ],
      { fact: 'expiry' },
    ),
    ask(
      'system',
      'system',
      ['系统要求', 'Requirements'],
      [
        '你的系统和设备，和商品页写的要求对得上吗？',
        'Do your system and device meet what the listing asks for?',
      ],
      [
        to('fits', ['对得上', 'They do'], 'restart'),
        to('unfit', ['对不上', 'They do not'], 'ask_shop'),
        to('unsaid', ['商品页没写', 'The listing does not say'], 'incompatible'),
      ],
      { note: ['你的系统和版本（可不填）', 'Your system and version (optional)'] },
    ),
    restart('attempt'),
    ask(
      'special',
      'attempt',
      ['激活尝试', 'Attempt to activate'],
      [
        '再激活一次，把几点、用什么网络、提示原文记在这里。',
        'Activate once more and write down when, on which network, and what it said.',
      ],
      [
        to('fixed', ['激活了', 'It is activated'], 'solved'),
        to('invalid', ['提示密钥无效', 'It says that the key is not valid'], 'invalid'),
        to('failed', ['激活失败', 'It failed'], 'incompatible'),
      ],
      { note: ['几点、网络、提示原文', 'When, network, message'] },
    ),
  ],
  [
    end('stopped', 'chat', [
      '许可证停用中：有退款、售后或冻结没结束。先在消息里问清楚。',
      'The licence is suspended by a refund, a case or a hold. Ask in the messages first.',
    ]),
    end('ask_shop', 'chat', [
      '先问商家有没有适合你系统的版本。要退也随时可以提交售后。',
      'Ask the shop for a version that fits. You can file a case at any time.',
    ]),
    end(
      'expired',
      'case',
      [
        '到期了，或比写的短。提交售后，由商家证明。',
        'Over, or shorter than stated. File a case; the shop must prove otherwise.',
      ],
      'CARD_EXPIRED',
    ),
    end(
      'seat',
      'case',
      ['设备数超限或解不了绑。提交售后。', 'Too many devices, or it cannot be unbound. File a case.'],
      'SEAT_EXCEEDED',
    ),
    end(
      'invalid',
      'case',
      [
        '密钥无效。提交售后，钱马上冻住。',
        'The key is not valid. File a case and the money is frozen at once.',
      ],
      'CARD_INVALID',
    ),
    end(
      'incompatible',
      'case',
      [
        '激活不了。提交售后，激活记录已经替你记好。',
        'It cannot be activated. File a case; the attempts are noted for you.',
      ],
      'ACTIVATE_FAIL',
    ),
  ],
);
