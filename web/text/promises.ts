/** Words of promise that a shop may put on its listing (article 12). */
export const promises = {
  instant: { zh: '即时到账', en: 'Instant' },
  minutes: { zh: '分钟到账', en: 'Within minutes' },
  permanent: { zh: '永久有效', en: 'Permanent' },
  tenfold: { zh: '假一赔十', en: 'Tenfold if fake' },
  genuine: { zh: '正品', en: 'Genuine' },
  better_window: { zh: '更长售后', en: 'Longer after-sales' },
} as const;
