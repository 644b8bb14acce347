/** Texts of the message centre. */
export const messages = {
  title: { zh: '消息', en: 'Messages' },
  unread: { zh: '{count} 条没看', en: '{count} unread' },
  allRead: { zh: '都看过了', en: 'all read' },
  fresh: { zh: '新', en: 'new' },
  markAll: { zh: '全部标为已读', en: 'Mark all as read' },
  markAllAfter: {
    zh: '消息都留着，发的人也撤不回。',
    en: 'They all stay; nobody who sent one can take it back.',
  },
  more: { zh: '看更早的', en: 'Earlier ones' },
  conversations: { zh: '我的对话', en: 'My conversations' },
  noneTitle: { zh: '还没有消息', en: 'No messages yet' },
  noneText: {
    zh: '发货、快到期、退款、新设备登录，都会在这里告诉你。',
    en: 'Deliveries, deadlines, refunds and logins on new devices are told here.',
  },
} as const;
