import type { RefusalCatalogue } from './result.ts';

// Refusals of the kit that a domain spreads into its own catalogue. Safe in a browser.

/** The same refusals wherever a file comes in; spread into a domain's catalogue. */
export const blobRefusals = {
  FILE_TOO_LARGE: {
    status: 413,
    zh: '文件太大了，压缩一下或分成几个再传。',
    en: 'The file is too large. Compress it or split it.',
  },
  FILE_EMPTY: { status: 422, zh: '文件是空的，换一个再传。', en: 'The file is empty. Choose another.' },
  FILE_TRUNCATED: {
    status: 422,
    zh: '文件没传完就断了，什么也没留下。请重新上传。',
    en: 'The upload broke off and nothing was kept. Please upload it again.',
  },
  FILE_TYPE_REFUSED: {
    status: 415,
    zh: '这里不收这种文件。文件内容和名字不一定一样，以内容为准。',
    en: 'This kind of file is not taken here. Its content counts, not its name.',
  },
  FILE_INFECTED: {
    status: 422,
    zh: '文件里有已知的恶意程序，没有保存。',
    en: 'The file holds known malware and was not kept.',
  },
} as const satisfies RefusalCatalogue;
export type BlobRefusal = keyof typeof blobRefusals;

export const outboundRefusals = {
  ADDRESS_REFUSED: {
    status: 422,
    zh: '这个地址不能用：要 https 开头的公网地址，不带账号密码。',
    en: 'This address cannot be used: it must be https on the public internet, without a user name.',
  },
  ADDRESS_UNREACHABLE: {
    status: 422,
    zh: '连不上这个地址。检查一下再试。',
    en: 'This address cannot be reached. Check it and try again.',
  },
  ADDRESS_SILENT: {
    status: 422,
    zh: '请求发出去了，对方没有完整答复。',
    en: 'The request was sent, and no whole answer came back.',
  },
} as const satisfies RefusalCatalogue;
/**
 * ADDRESS_REFUSED and ADDRESS_UNREACHABLE: nothing was sent, so nothing can have happened there. ADDRESS_SILENT: it was sent, and whether it
 * was done is unknown.
 */
export type OutboundRefusal = keyof typeof outboundRefusals;
