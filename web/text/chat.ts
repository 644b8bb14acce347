/** Texts of the conversation of an order, for all three sides. */
export const chat = {
  titleBuyer: { zh: '和{shop}聊', en: 'Talk with {shop}' },
  titleShop: { zh: '买家在这一单说的话', en: 'The buyer of this order' },
  titleSupport: { zh: '订单里的对话', en: 'The conversation of an order' },
  lead: {
    zh: '这里说的话会存证，双方都改不了，售后时直接可用。[[23]]',
    en: 'What is said here is kept as evidence. Neither side can change it, and a case can use it as it is. [[23]]',
  },
  order: { zh: '订单', en: 'Order' },
  log: { zh: '对话', en: 'Conversation' },
  earlier: { zh: '更早的消息', en: 'Earlier messages' },
  reload: { zh: '刷新', en: 'Reload' },
  live: { zh: '新消息会自己出现', en: 'New messages appear by themselves' },
  broken: {
    zh: '连接断了，正在重连；也可以刷新。',
    en: 'The connection broke and is being made again; you can also reload.',
  },
  emptyBuyer: { zh: '还没有人说话', en: 'Nobody has said anything yet' },
  emptyBuyerText: {
    zh: '写下问题就行。着急的话给商家一个答复时限，到时没动静，系统会记下来。[[21]]',
    en: 'Just write what is wrong. In a hurry? Set the shop a time to answer; if it stays silent, that is recorded. [[21]]',
  },
  emptyShop: { zh: '买家还没说话', en: 'The buyer has not said anything yet' },
  emptyShopText: { zh: '你可以先开口，买家会收到消息。', en: 'You can begin; the buyer gets a message.' },
  you: { zh: '你', en: 'You' },
  meta: { zh: '{who} {time}', en: '{who}, {time}' },
  read: { zh: '已读', en: 'read' },
  unreadYet: { zh: '未读', en: 'not read' },
  hiddenMine: { zh: '你撤回了一条消息，存证里还在。', en: 'You took a message back; evidence keeps it.' },
  hiddenTheirs: {
    zh: '对方撤回了一条消息，存证里还在。',
    en: 'A message was taken back; evidence keeps it.',
  },
  erased: { zh: '内容已按要求删除，只留下指纹。', en: 'Erased on request; only its fingerprint is left.' },
  takeBack: { zh: '撤回', en: 'Take back' },
  takeBackAfter: { zh: '只是不再显示，存证里还在。', en: 'It is only no longer shown; evidence keeps it.' },
  called: { zh: '{who}请平台客服加入', en: '{who} called the support' },
  lureTitle: {
    zh: '请不要离开盟约处理：这里提到了{what}。站外付款没有托管，也可能让你失去证据。这句话已经记录。[[4]]',
    en: 'Do not leave Mengyue: this names {what}. Outside there is no escrow, and you may lose your evidence. It is recorded. [[4]]',
  },
  rude: {
    zh: '这句话已经发出。带火气的话帮不了你，写清发生了什么、要什么，更快有结果。',
    en: 'This was sent. Harsh words do not help; saying what happened and what you want gets there sooner.',
  },
  rudeUse: { zh: '换个说法', en: 'Say it another way' },
  demandCard: { zh: '要求在 {hours} 小时内答复', en: 'An answer is asked for within {hours} hours' },
  demandBy: { zh: '最迟 {time}', en: 'By {time}' },
  demandOpen: {
    zh: '到时没动静，记为“商家未响应”，可以一键升级。[[21]]',
    en: 'If there is silence then, it is recorded, and one press escalates. [[21]]',
  },
  demandAnswered: { zh: '{time} 已答复', en: 'Answered {time}' },
  demandSilent: { zh: '到时没有答复', en: 'Not answered in time' },
  notice_silent: {
    zh: '商家未响应：时限 {time} 到了，没有答复。已经记录，可以一键升级。[[21]]',
    en: 'The shop did not respond: the time ended at {time} without an answer. It is recorded; one press escalates. [[21]]',
  },
  promiseCard: { zh: '商家承诺', en: 'A promise of the shop' },
  promiseBy: { zh: '做到的时间：{time}', en: 'Until: {time}' },
  promiseNote: {
    zh: '承诺已经存证，售后时算数。[[12]]',
    en: 'The promise is kept as evidence and counts in a case. [[12]]',
  },
  citeBy: { zh: '最迟 {time}', en: 'By {time}' },
  fileOriginal: { zh: '原图', en: 'Original' },
  fileSent: { zh: '附件 {name}，{size}', en: 'File {name}, {size}' },
  picture: { zh: '图片 {name}', en: 'Picture {name}' },

  clockShop: { zh: '轮到商家答复', en: 'The shop has to answer' },
  clockYou: { zh: '轮到你答复', en: 'You have to answer' },
  clockElse: {
    zh: '到时没答复：记为商家未响应，买家可一键升级。[[21]]',
    en: 'Otherwise it is recorded as no response, and the buyer can escalate with one press. [[21]]',
  },
  waits: { zh: '买家从 {time} 等到现在', en: 'The buyer waits since {time}' },
  supportWaits: {
    zh: '客服 {time} 被请来，还没答复',
    en: 'The support was called {time} and has yet to answer',
  },
  escalate: { zh: '升级：商家未响应', en: 'Escalate: no response' },
  escalateAfter: {
    zh: '带着这段对话和未响应的记录去申请售后，不用再截图。',
    en: 'Goes to after-sales with this conversation and the record of the silence; no screenshots needed.',
  },
  escalateRunning: {
    zh: '商家最迟 {time} 前答复。到时没动静，这里就亮。不想等，也可以直接申请售后。',
    en: 'The shop has until {time}. If it stays silent this opens. You can also file a case right away.',
  },
  around: { zh: '还可以做的', en: 'What else you can do' },
  toOrder: { zh: '看订单', en: 'See the order' },
  call: { zh: '请平台客服加入', en: 'Call the support' },
  callAfter: {
    zh: '客服会看到整段对话，在这里答复双方。',
    en: 'Support sees the whole conversation and answers both of you here.',
  },

  write: { zh: '写消息', en: 'Write a message' },
  writeShop: { zh: '写给商家', en: 'Write to the shop' },
  writeBuyer: { zh: '写给买家', en: 'Write to the buyer' },
  writeBoth: { zh: '写给双方', en: 'Write to both' },
  send: { zh: '发送', en: 'Send' },
  sending: { zh: '正在发送', en: 'Sending' },
  tools: { zh: '模板、规则、时限、图片', en: 'Templates, rules, times, pictures' },
  toolsShop: { zh: '模板、规则、承诺、图片', en: 'Templates, rules, promises, pictures' },
  kind: { zh: '这是一条', en: 'This is' },
  kind_text: { zh: '普通消息', en: 'a plain message' },
  kind_demand: { zh: '限期答复的要求', en: 'a demand with a time to answer' },
  kind_demandNote: {
    zh: '商家要在时限内答复，双方都看到倒计时。[[21]]',
    en: 'The shop has to answer within the time; both see it run. [[21]]',
  },
  kind_promise: { zh: '承诺', en: 'a promise' },
  kind_promiseNote: {
    zh: '做不到，售后时按承诺算。[[12]]',
    en: 'If it is not kept, a case holds you to it. [[12]]',
  },
  hours: { zh: '几小时内答复', en: 'Hours to answer' },
  hoursHint: { zh: '1 到 {max} 小时，一般 {usual} 小时', en: '1 to {max} hours, usually {usual}' },
  hourOption: { zh: '{count} 小时', en: '{count} h' },
  until: { zh: '什么时候做到', en: 'Until when' },
  untilHint: { zh: '北京时间', en: 'Beijing time' },
  cite: { zh: '引用规则', en: 'Cite a rule' },
  citeHint: {
    zh: '发出时按这一单算好时间，写进消息。最多 3 条。',
    en: 'The time is worked out for this order when you send. Up to 3.',
  },
  citeLabel: { zh: '第{no}条 {title}', en: 'Article {no}: {title}' },
  files: { zh: '图片或文件', en: 'Pictures or files' },
  filesHint: {
    zh: '最多 6 个，每个 20 MB：图片、录屏、PDF、文本。图片里的拍摄地点只留在原件里，对方看不到。',
    en: 'Up to 6, 20 MB each: pictures, recordings, PDF, text. Where a picture was taken stays in the original; the other side does not see it.',
  },
  templates: { zh: '用模板', en: 'Use a template' },
  templatesHint: {
    zh: '选一个，填空，放进输入框再改。',
    en: 'Choose one, fill it in, and change it in the box.',
  },
  template: { zh: '模板', en: 'Template' },
  use: { zh: '放进输入框', en: 'Put it into the box' },
  quick: { zh: '常用语', en: 'Kept ready' },
  editQuick: { zh: '改常用语', en: 'Edit what is kept ready' },
  sawIt: { zh: '看过了，告诉对方', en: 'Seen; tell them' },

  listTitle: { zh: '我的对话', en: 'My conversations' },
  listLead: {
    zh: '每个订单一段，和商家、客服说的都在里面。',
    en: 'One for each order, with the shop and the support.',
  },
  listNone: { zh: '还没有对话', en: 'No conversations yet' },
  listNoneText: {
    zh: '在订单页点“联系商家”，对话会出现在这里。',
    en: 'Press “Message the shop” on an order, and it appears here.',
  },
  listNoneNext: { zh: '去我的订单', en: 'My orders' },
  unread: { zh: '{count} 条未读', en: '{count} unread' },
  allRead: { zh: '都看过了', en: 'All read' },
  waitsTag: { zh: '等商家回复', en: 'Waits for the shop' },
  demandTag: { zh: '限期 {time}', en: 'Due {time}' },
  lastBy: { zh: '{who}：{text}', en: '{who}: {text}' },
  noPreview: { zh: '（没有文字）', en: '(no words)' },

  inboxTitle: { zh: '{count} 位买家在等你', en: '{count} buyers wait for you' },
  inboxNone: { zh: '没有人在等你回复', en: 'Nobody waits for you' },
  inboxLead: {
    zh: '等得最久的排最前。回复一句，就不再算等。限期到了没答复，会记为未响应。[[21]]',
    en: 'Longest waiting first. One answer ends the waiting. An unanswered demand is recorded. [[21]]',
  },
  inboxNoneText: {
    zh: '买家写来的话会出现在这里，也会发消息给你。',
    en: 'What buyers write appears here, and you get a message.',
  },
  waitingTab: { zh: '在等的', en: 'Waiting' },
  allTab: { zh: '全部', en: 'All' },
  waited: { zh: '等了', en: 'waited' },
  answer: { zh: '去回复', en: 'Answer' },
  look: { zh: '看', en: 'Look' },
  supportTitle: { zh: '请了客服的对话', en: 'Conversations that called you' },
  supportLead: { zh: '等得最久的排最前。', en: 'Longest waiting first.' },
  supportNone: { zh: '没有人在等客服', en: 'Nobody waits for the support' },
  supportNoneText: {
    zh: '有人请客服加入时，会出现在这里。',
    en: 'When somebody calls the support, it appears here.',
  },

  taskAsked: { zh: '买家在等你回复', en: 'A buyer waits for your answer' },
  taskDemanded: { zh: '买家限期要答复', en: 'A buyer set a time to answer' },
  taskWhat: { zh: '{title}：{text}', en: '{title}: {text}' },
  taskAskedElse: {
    zh: '不处理：规则给的答复时间到 {time}，之后买家更可能直接申请售后。',
    en: 'If not: the rules expect an answer by {time}; after that a case is likely.',
  },
  taskDemandedElse: {
    zh: '不处理：{time} 记为商家未响应，买家可一键升级。',
    en: 'If not: at {time} it is recorded as no response, and the buyer can escalate.',
  },

  repliesTitle: { zh: '常用语', en: 'Kept ready' },
  repliesLead: {
    zh: '一行一句，最多 30 句，每句 300 字以内。只有你店里的人看得到。',
    en: 'One per line, up to 30, each up to 300 characters. Only your shop sees them.',
  },
  repliesLabel: { zh: '每行一句', en: 'One per line' },
  repliesSaved: { zh: '存好了。', en: 'Saved.' },
  messages: { zh: '买家消息', en: 'Messages' },
} as const;

/** Sentences to begin with (F114, F121): what is in braces is filled from the order or asked for. Polite first, and all that is needed at once. */
export const templates = {
  buyer: [
    {
      key: 'first',
      name: { zh: '第一次联系', en: 'First contact' },
      fields: ['symptom', 'demand'],
      text: {
        zh: '你好，订单 {order}（{goods}）遇到问题：{symptom}。请{demand}。我按规则先在这里和你沟通，谢谢。',
        en: 'Hello, order {order} ({goods}) has a problem: {symptom}. Please {demand}. I am writing to you here first, as the rules suggest. Thank you.',
      },
    },
    {
      key: 'failed',
      name: { zh: '卡密激活失败', en: 'A key fails' },
      fields: ['code'],
      text: {
        zh: '订单号 {order} 的卡密激活失败，提示错误代码 {code}，请核实是系统问题还是卡密重复使用，并补发或退款。',
        en: 'The key of order {order} fails with error code {code}. Please check whether it is a fault of the system or a key used twice, and replace or refund it.',
      },
    },
    {
      key: 'late',
      name: { zh: '还没到账', en: 'Not arrived' },
      fields: [],
      text: {
        zh: '订单 {order}（{goods}）到现在还没到账，请查一下进度，并告诉我最迟什么时候到。',
        en: 'Order {order} ({goods}) has not arrived yet. Please check, and tell me by when it will.',
      },
    },
    {
      key: 'calm',
      name: { zh: '换个说法', en: 'Say it calmly' },
      fields: ['symptom', 'demand'],
      text: {
        zh: '订单 {order} 的情况是：{symptom}。我希望{demand}。请按规则在时限内答复，谢谢。',
        en: 'This is what happened with order {order}: {symptom}. I would like you to {demand}. Please answer within the time the rules give. Thank you.',
      },
    },
  ],
  merchant: [
    {
      key: 'received',
      name: { zh: '收到，在核实', en: 'Received, checking' },
      fields: [],
      text: {
        zh: '收到，订单 {order} 正在核实，有结果马上在这里告诉你。',
        en: 'Received. We are checking order {order} and tell you here as soon as we know.',
      },
    },
    {
      key: 'more',
      name: { zh: '请补充信息', en: 'Please tell more' },
      fields: ['code'],
      text: {
        zh: '请发一张提示页面的截图，并写下{code}，核实得更快。',
        en: 'Please send a picture of what you see, and tell us {code}; that is faster.',
      },
    },
    {
      key: 'reissued',
      name: { zh: '已补发', en: 'Replaced' },
      fields: [],
      text: {
        zh: '订单 {order} 已补发，请在订单页查看。还有问题随时在这里说。',
        en: 'Order {order} was replaced; please look at its page. Tell us here if anything is still wrong.',
      },
    },
    {
      key: 'refund',
      name: { zh: '同意退款', en: 'A refund is fine' },
      fields: [],
      text: {
        zh: '订单 {order} 同意退款，请在订单页提交售后，我们马上处理，钱原路退回。',
        en: 'A refund of order {order} is fine. Please file it on the order’s page; we handle it at once and the money goes back.',
      },
    },
  ],
  support: [
    {
      key: 'hello',
      name: { zh: '客服加入', en: 'Joining' },
      fields: [],
      text: {
        zh: '我是平台客服，已经看过订单 {order} 的对话。请双方只在这里沟通，不要去站外。',
        en: 'This is the support. I have read the conversation of order {order}. Please keep talking here and nowhere else.',
      },
    },
  ],
} as const;

export const templateFields = {
  symptom: { zh: '遇到什么问题', en: 'What is wrong' },
  demand: { zh: '希望怎么处理', en: 'What you want' },
  code: { zh: '错误代码或要补充的内容', en: 'Error code, or what is missing' },
} as const;
