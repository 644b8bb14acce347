/** Texts of guides: how it is used, how to see that it arrived, and the help beside a key. */
export const guides = {
  arrival: { zh: '怎么核实到账', en: 'How to check that it arrived' },
  arrivalBefore: { zh: '没看到？先试这几步', en: 'Not there? Try this first' },
  use: { zh: '怎么用', en: 'How it is used' },
  useBefore: { zh: '买之前先看：怎么用', en: 'Before you buy: how it is used' },
  where: { zh: '（{place}）', en: '({place})' },
  address: { zh: '官方地址', en: 'Official address' },
  addressNote: {
    zh: '离开盟约，到发行方自己的网页。',
    en: 'Leads away from Mengyue, to the issuer’s own page.',
  },
  platform: { zh: '平台', en: 'Platform' },
  errors: { zh: '看到这些提示', en: 'When you see' },
  errorSays: { zh: '“{shown}”', en: '“{shown}”' },
} as const;
