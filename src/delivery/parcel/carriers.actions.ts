import { plus, type Instant } from '../../kit/time.ts';
import type { Db } from '../../kit/tx.ts';
import type { Carrier } from './contract.ts';
import type { Track } from './rules.ts';

export type Asked = {
  readonly carrier: Carrier;
  readonly tracking: string;
  readonly shippedAt: Instant;
  readonly refusedAt: Instant | null;
  readonly now: Instant;
};

/** A carrier that can be asked where a parcel is. All it has said so far is answered each time; an outside system is one side, the sandbox another. */
export type CarrierPort = { track(asked: Asked): Promise<readonly Track[]> };

const ports = new WeakMap<Db, CarrierPort>();
/** Says whom this process asks about parcels; without one nobody is asked, and a signature is what the buyer says. */
export const installCarriers = (db: Db, port: CarrierPort): void => void ports.set(db, port);
export const carriersOf = (db: Db): CarrierPort | undefined => ports.get(db);

/**
 * The sandbox carrier: a parcel walks by itself and is signed for after forty hours. The end of its number says what goes wrong: STILL stops
 * after the first scan; BACK comes back to its sender two days after it was refused (others after one).
 */
export const sandboxCarrier: CarrierPort = {
  track: ({ tracking, shippedAt, refusedAt, now }) => {
    const number = tracking.toUpperCase();
    const course: Track[] = [
      { at: plus(shippedAt, { hours: 2 }), kind: 'accepted', said: '揽收成功' },
      { at: plus(shippedAt, { hours: 12 }), kind: 'moving', said: '到达转运中心' },
      { at: plus(shippedAt, { hours: 36 }), kind: 'out', said: '派送中' },
      { at: plus(shippedAt, { hours: 40 }), kind: 'signed', said: '已签收，本人' },
    ];
    const until = number.endsWith('STILL') ? 1 : course.length;
    const walked = course.slice(0, until).filter((one) => refusedAt === null || one.kind !== 'signed');
    if (refusedAt !== null)
      walked.push({
        at: plus(refusedAt, { hours: number.endsWith('BACK') ? 48 : 24 }),
        kind: 'returned',
        said: '退件已由寄件人签收',
      });
    return Promise.resolve(walked.filter((one) => one.at <= now));
  },
};
