import { done, refuse, type Result } from '../kit/result.ts';
import { beijingDay, endOfBeijingDay, instant, plus, type Instant } from '../kit/time.ts';
import { dayKind } from '../rules/calendar.rules.ts';
import type { CallbackRefusal } from './callbacks.contract.ts';

/** When calls are made: working days of the calendar with 调休, these hours of Beijing; so many calls in each. */
export const callHours = { first: 9, last: 17, places: 4, days: 3, notice_minutes: 30 } as const;

export const slotEnd = (at: Instant): Instant => plus(at, { hours: 1 });

/** The hours that can be booked now, without asking which are full (F192). */
export function slotsFrom(now: Instant): Instant[] {
  const slots: Instant[] = [];
  let day = beijingDay(now);
  for (let found = 0; found < callHours.days; day = beijingDay(endOfBeijingDay(day))) {
    if (!dayKind(day).works) continue;
    const start = endOfBeijingDay(day) - 24 * 3_600_000;
    const open: Instant[] = [];
    for (let hour = callHours.first; hour <= callHours.last; hour++) {
      const at = instant(start + hour * 3_600_000);
      if (at >= plus(now, { minutes: callHours.notice_minutes })) open.push(at);
    }
    if (open.length === 0) continue;
    slots.push(...open);
    found++;
  }
  return slots;
}

export type Phone = { readonly digits: string; readonly masked: string };

/** A Chinese mobile number or a line with its area code, as digits; what is shown of it to everybody but who calls. */
export function phoneOf(text: string): Phone | undefined {
  const digits = text
    .normalize('NFKC')
    .replace(/[\s()-]/g, '')
    .replace(/^(\+|00)?86(?=1\d{10}$)/, '');
  if (!/^(1[3-9]\d{9}|0\d{9,11})$/.test(digits)) return undefined;
  return { digits, masked: `${digits.slice(0, 3)}****${digits.slice(-4)}` };
}

export function decideBooking(p: {
  slotAt: Instant;
  phone: string;
  hasOpen: boolean;
  now: Instant;
}): Result<Phone, CallbackRefusal> {
  if (p.hasOpen) return refuse('CALLBACK_OPEN');
  if (!slotsFrom(p.now).includes(p.slotAt)) return refuse('SLOT_UNKNOWN');
  const phone = phoneOf(p.phone);
  return phone ? done(phone) : refuse('PHONE_INVALID');
}
