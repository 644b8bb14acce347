import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { httpIssuer } from '../delivery/issuer/http-issuer.actions.ts';
import { installIssuers } from '../delivery/issuer/issuers.actions.ts';
import type { Issuer } from '../delivery/issuer/port.contract.ts';
import { keyOf, type KeyObject } from '../kit/secret.ts';
import { systemClock } from '../kit/time.ts';
import type { Db } from '../kit/tx.ts';
import { WrongSettings } from './config.ts';

const fileShape = z.array(
  z.strictObject({
    id: z.string().regex(/^[a-z0-9-]{1,40}$/),
    name: z.string().min(1).max(60),
    url: z.url({ protocol: /^https$/ }),
    /** A file with the shared key in hex. */
    keyFile: z.string().min(1),
  }),
);

/** The issuers of the demo world: all played by the sandbox. */
export const demoIssuers: Readonly<Record<string, string>> = {
  xingyu: '星屿游戏',
  shenhai: '深海纪元',
  fuguang: '浮光视频',
  tinglan: '听澜音乐',
  nanfeng: '南风通信',
};

/** Says which issuers this process can ask: those of the file that ISSUERS names, and in a demo the pretended ones. */
export function openIssuers(
  db: Db,
  config: { issuers: string | undefined },
  sandbox: { url: string; key: KeyObject } | undefined,
): void {
  const played = sandbox
    ? Object.entries(demoIssuers).map(([id, name]) =>
        httpIssuer({ id, name, url: `${sandbox.url}/issuer/checks`, key: sandbox.key, wall: systemClock }),
      )
    : [];
  installIssuers(db, [...played, ...issuersIn(config.issuers)]);
}

function issuersIn(file: string | undefined): Issuer[] {
  if (file === undefined) return [];
  try {
    return fileShape.parse(JSON.parse(readFileSync(file, 'utf8'))).map(({ keyFile, ...rest }) =>
      httpIssuer({
        ...rest,
        key: keyOf(Buffer.from(readFileSync(keyFile, 'utf8').trim(), 'hex')),
        wall: systemClock,
      }),
    );
  } catch (problem) {
    throw new WrongSettings(
      `ISSUERS: ${file} cannot be read: ${problem instanceof Error ? problem.message.slice(0, 300) : 'unreadable'}`,
    );
  }
}
