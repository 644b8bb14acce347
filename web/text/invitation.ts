/** Texts of the page on which an invitation to the staff is taken. */
export const invitation = {
  title: { zh: '加入运营团队', en: 'Join the staff' },
  lead: {
    zh: '{name}，接受后，这个账户就能进运营后台。链接只能用一次，别人用过就没了。',
    en: '{name}, once you accept, this account can enter the operator console. The link works once.',
  },
  button: { zh: '接受邀请', en: 'Accept' },
  busy: { zh: '正在加入…', en: 'Joining…' },
  after: {
    zh: '你在后台做的每一步都会留下记录。',
    en: 'Every step you take there is recorded.',
  },
} as const;
