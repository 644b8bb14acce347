import { ask, end, look, network, paid, restart, to, tree } from './seed.data.ts';
import type { Step } from './tree.contract.ts';

const delay = (next: string): Step =>
  look('delay', ['交付时间', 'Time of delivery'], 'delay', { soon: 'wait', over: 'cancel' }, next);
const wait = end('wait', 'chat', [
  '还在承诺时间内，或者刚过几分钟，先在消息里问商家。要提交售后也可以，不受影响。',
  'It is within the promised time or a few minutes over: ask the shop first. You may file a case all the same.',
]);
const cancel = end('cancel', 'order', [
  '超过承诺时间还没交付：回订单页一键取消，全额退，不用申诉。',
  'The promise is over and nothing was delivered: cancel with one click on the order page and get all back.',
]);

export const download = tree(
  [
    paid('delay'),
    look('delay', ['交付时间', 'Time of delivery'], 'delay', { over: 'cancel' }, 'link'),
    look('link', ['下载地址', 'Address'], 'link', { dead: 'dead' }, 'symptom'),
    ask(
      'known',
      'symptom',
      ['情况', 'What happens'],
      ['哪一步不行？', 'What fails?'],
      [
        to('load', ['下载不了', 'It does not download'], 'network'),
        to('open', ['下载了打不开', 'It does not open'], 'system'),
        to('virus', ['报有病毒', 'It is reported as malicious'], 'malware'),
        to('content', ['内容不对或不全', 'It is not what was described'], 'content'),
      ],
    ),
    network('expiry', [
      '换个网络，用同一个链接接着下，不会多算次数。行了吗？',
      'Change the network and go on with the same link; it is not counted twice. Does it work?',
    ]),
    ask(
      'expiry',
      'expiry',
      ['下载期限', 'Time to download'],
      ['提示链接过期或次数用完吗？', 'Does it say that time or downloads are used up?'],
      [to('valid', ['没有', 'No'], 'system', 'valid'), to('over', ['是', 'Yes'], 'ask_shop', 'over')],
      { fact: 'expiry' },
    ),
    ask(
      'system',
      'system',
      ['打开方式', 'How it is opened'],
      [
        '解压软件、系统版本和商品页写的对得上吗？提取码分大小写。',
        'Do program and system fit what the listing says? Extraction codes tell capitals apart.',
      ],
      [
        to('fixed', ['换了就行了', 'With another it works'], 'solved'),
        to('fits', ['对得上，还是不行', 'They fit, still not'], 'restart'),
        to('unfit', ['对不上', 'They do not fit'], 'ask_shop'),
      ],
    ),
    restart('dead', [
      '删掉下了一半的文件，重启后重新下一次，比对大小和校验值。行了吗？',
      'Delete the partial file, restart, download again and compare size and checksum. Does it work?',
    ]),
  ],
  [
    cancel,
    end('ask_shop', 'chat', [
      '先请商家补一次下载或给合适的版本。要提交售后随时可以。',
      'Ask the shop for another download or a version that fits. You can file a case at any time.',
    ]),
    end(
      'dead',
      'case',
      [
        '打不开或链接失效。提交售后，探测记录一起带上。',
        'A dead link, or it does not open. File a case; the probes go with it.',
      ],
      'NO_DOWNLOAD',
    ),
    end('malware', 'case', ['别再打开它。提交售后。', 'Do not open it again. File a case.'], 'MALWARE'),
    end(
      'content',
      'case',
      [
        '和描述不符。提交售后，以下单时的版本为准。',
        'Not as described. File a case; the version that you ordered counts.',
      ],
      'FEATURE_REDUCED',
    ),
  ],
);

export const account = tree(
  [
    paid('symptom'),
    ask(
      'known',
      'symptom',
      ['情况', 'What happens'],
      ['出了什么事？', 'What happened?'],
      [
        to('login', ['登不上', 'I cannot log in'], 'network'),
        to('taken', ['被原主找回了', 'It was taken back'], 'reclaimed'),
        to('banned', ['被封了', 'It was banned'], 'banned'),
        to('differs', ['资产和描述不符', 'It is not as described'], 'differs'),
        to('binding', ['没说明的绑定', 'A binding that was not stated'], 'bound'),
      ],
    ),
    network('expiry'),
    ask(
      'expiry',
      'expiry',
      ['登录有效期', 'Login'],
      ['提示登录过期，或要重新验证吗？', 'Does it say that the login expired or must be verified?'],
      [
        to('no', ['没有', 'No'], 'system'),
        to('fixed', ['重新验证就进去了', 'After verifying I am in'], 'solved'),
        to('face', ['要人脸或实名，过不了', 'It asks for face or identity and fails'], 'face'),
      ],
    ),
    ask(
      'system',
      'system',
      ['区服和方式', 'Server and way'],
      [
        '区服和登录方式和商品页写的一样吗？不要连续试密码。',
        'Are server and way of login those of the listing? Do not keep guessing.',
      ],
      [
        to('fixed', ['选对就进去了', 'With the right one I am in'], 'solved'),
        to('same', ['一样，还是不行', 'They are, still not'], 'restart'),
      ],
    ),
    restart('differs'),
  ],
  [
    end(
      'reclaimed',
      'case',
      [
        '被找回。提交售后，担保期内由商家负责。',
        'It was taken back. File a case; within the warranty the shop answers for it.',
      ],
      'ACC_RECLAIMED',
    ),
    end('banned', 'case', ['被封。提交售后。', 'It was banned. File a case.'], 'ACC_BANNED'),
    end(
      'differs',
      'case',
      [
        '和描述不符。提交售后，以下单时的商品页为准。',
        'Not as described. File a case; the listing of your order counts.',
      ],
      'ACC_NOT_AS_DESC',
    ),
    end(
      'bound',
      'case',
      ['没说明绑定规则。提交售后。', 'The binding rule was not stated. File a case.'],
      'BINDING_UNDISCLOSED',
    ),
    end('face', 'case', ['验证过不了。提交售后。', 'Verification fails. File a case.'], 'ACC_FACE_VERIFY'),
  ],
);

/** What is delivered by hand: services, and everything that a shop writes into its form. */
export const service = tree(
  [
    paid('delay'),
    delay('symptom'),
    ask(
      'known',
      'symptom',
      ['情况', 'What happens'],
      ['出了什么事？', 'What happened?'],
      [
        to('open', ['交付的内容打不开', 'What was delivered does not open'], 'network'),
        to('nothing', ['没做，或内容是空的', 'Nothing was done, or it is empty'], 'empty'),
        to('less', ['做得和说的不一样', 'Not what was described'], 'less'),
        to('slow', ['进度没动', 'Nothing moves'], 'ask_shop'),
      ],
    ),
    network('expiry'),
    ask(
      'expiry',
      'expiry',
      ['约定的时间', 'Agreed time'],
      ['约定的服务时间已经过了吗？', 'Is the agreed time over?'],
      [to('running', ['还没过', 'Not yet'], 'system'), to('over', ['过了', 'Yes'], 'nonperformance')],
    ),
    ask(
      'system',
      'system',
      ['需要你提供的', 'What it needs from you'],
      ['商品页要你提供的东西，都给商家了吗？', 'Did the shop get all that the listing asks of you?'],
      [to('given', ['给了', 'Yes'], 'restart'), to('missing', ['还没给', 'Not yet'], 'ask_shop')],
    ),
    restart('less'),
  ],
  [
    wait,
    cancel,
    end('ask_shop', 'chat', [
      '先在消息里问，记录会留下，可以给商家设时限。要提交售后随时可以。',
      'Ask in the messages; they are kept, and you can set a time to answer. You can file a case at any time.',
    ]),
    end(
      'empty',
      'case',
      ['内容是空的。提交售后，说“已发”不算交付。', 'It is empty. File a case; saying “sent” is no delivery.'],
      'FAKE_DELIVERY',
    ),
    end('less', 'case', ['和描述不符。提交售后。', 'Not as described. File a case.'], 'FEATURE_REDUCED'),
    end(
      'nonperformance',
      'case',
      ['没有按约定做。提交售后。', 'It was not done as agreed. File a case.'],
      'MERCHANT_NONPERFORMANCE',
    ),
  ],
);

export const physical = tree(
  [
    paid('delay'),
    delay('symptom'),
    ask(
      'known',
      'symptom',
      ['情况', 'What happens'],
      ['出了什么事？', 'What happened?'],
      [
        to('absent', ['没收到', 'It did not come'], 'pickup'),
        to('damaged', ['破损或少件', 'Damaged or incomplete'], 'damaged'),
        to('fails', ['用不了', 'It does not work'], 'network'),
        to('back', ['不想要了', 'I do not want it'], 'no_reason'),
      ],
    ),
    ask(
      'known',
      'pickup',
      ['驿站和家人', 'Pick-up point and family'],
      ['问过驿站、门卫和家人了吗？', 'Did you ask the pick-up point, the porter and family?'],
      [to('found', ['找到了', 'I found it'], 'solved'), to('no', ['都没有', 'Nobody has it'], 'lost')],
    ),
    network('expiry', [
      '要联网的设备换个网络；不联网的换个电源或电池。行了吗？',
      'If it goes online, change the network; if not, its power or battery. Does it work?',
    ]),
    ask(
      'expiry',
      'expiry',
      ['保修期', 'Warranty'],
      ['还在商品页写的质保期内吗？', 'Is it within the warranty of the listing?'],
      [to('valid', ['在', 'Yes'], 'system'), to('over', ['过了', 'No'], 'ask_shop')],
    ),
    ask(
      'system',
      'system',
      ['型号和接口', 'Model and connection'],
      ['型号和接口，和商品页写的一样吗？', 'Are model and connection those of the listing?'],
      [to('fits', ['一样', 'They are'], 'restart'), to('unfit', ['发错了', 'The wrong one came'], 'wrong')],
    ),
    restart('defect', ['恢复出厂设置，重启再试。行了吗？', 'Reset it, restart and try again. Does it work?']),
  ],
  [
    wait,
    cancel,
    end('ask_shop', 'chat', [
      '先问商家能不能修。要提交售后随时可以。',
      'Ask the shop for a repair. You can file a case at any time.',
    ]),
    end('lost', 'case', ['丢件。提交售后。', 'It was lost. File a case.'], 'PHYS_LOST'),
    end(
      'damaged',
      'case',
      ['破损或少件。提交售后，拍照留着。', 'Damaged or incomplete. File a case and keep photos.'],
      'PHYS_DAMAGED',
    ),
    end('wrong', 'case', ['发错了。提交售后。', 'The wrong one came. File a case.'], 'WRONG_SPEC'),
    end('defect', 'case', ['有故障。提交售后。', 'It is faulty. File a case.'], 'PHYS_DEFECT'),
    end(
      'no_reason',
      'case',
      [
        '七日内可以无理由退。提交售后。',
        'Within seven days you may return it without a reason. File a case.',
      ],
      'NO_REASON_7D',
    ),
  ],
);
