import { exhibitKinds } from '../../src/aftersales/exhibits/contract.ts';
import { demanded } from '../../src/aftersales/exhibits/limits.data.ts';
import type { ExhibitKind } from '../../src/aftersales/exhibits.data.ts';
import { reasons, type ReasonCode } from '../../src/aftersales/reasons.data.ts';
import type { Api } from '../api.ts';
import { found, text } from '../page.server.ts';
import type { CasePage } from './case.view.ts';
import { showable } from './exhibit.view.ts';

const fileOf = (form: FormData, name: string): File | undefined => {
  const value = form.get(name);
  return value instanceof File && value.size > 0 ? value : undefined;
};

/**
 * Puts the chosen files beside the order and notes their ids in the form, so that a form that is refused for another reason shows that they
 * have arrived.
 */
export async function keepFiles(api: Api, orderId: string, form: FormData): Promise<void> {
  for (const name of ['file', 'redacted'] as const) {
    const chosen = fileOf(form, name);
    form.delete(name);
    if (!chosen) continue;
    const kept = await api.exhibits.attach({ orderId, file: chosen });
    form.set(`${name}Id`, kept.fileId);
    form.set(`${name}Name`, kept.name);
    form.set(`${name}Type`, kept.type);
  }
}

/** '2026-11-20T13:40' in Beijing as an instant of the contract. */
const beijing = (said: string): { formedAt?: string } =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(said) ? { formedAt: `${said}:00+08:00` } : {};

/** The exhibit that a form describes, after keepFiles. */
export function exhibitOf(form: FormData, kind?: ExhibitKind) {
  const fileId = text(form, 'recording') || text(form, 'fileId');
  const redactedId = text(form, 'redactedId');
  return {
    kind: kind ?? exhibitKinds.find((one) => one === text(form, 'kind')) ?? ('other' as ExhibitKind),
    caption: '',
    text: text(form, 'exhibit'),
    code: text(form, 'code'),
    ...beijing(text(form, 'formedAt')),
    ...(fileId === '' ? {} : { fileId }),
    ...(redactedId === '' ? {} : { redactedId }),
    audience: form.get('onlyPlatform') === 'yes' ? ('platform' as const) : ('parties' as const),
  };
}

/** What a claim shows with its file and words; nothing when neither is there. */
export function claimExhibits(form: FormData, reason: ReasonCode) {
  const recording = text(form, 'recording');
  const file = recording || text(form, 'fileId');
  const [code, screen] = [text(form, 'errorCode'), text(form, 'screen')];
  if (file === '' && code === '' && screen === '') return [];
  form.set('exhibit', screen);
  form.set('code', code);
  return [exhibitOf(form, kindFor(reason, recording === '' ? text(form, 'fileType') : 'video/webm'))];
}

/** What a scene asks its buyer for, by the kind of file that came. */
function kindFor(reason: ReasonCode, type: string): ExhibitKind {
  const wanted: ExhibitKind[] = [...(demanded[reason]?.kinds ?? []), ...(reasons[reason]?.buyer ?? [])];
  if (type.startsWith('video/') && wanted.includes('video') && !wanted.includes('fail_screen'))
    return 'video';
  return wanted.find((kind) => kind !== 'video') ?? 'fail_screen';
}

/** Who looked at a key of this case: only somebody who had it in hands could ask. */
export async function unsealingsOf(api: Api, one: CasePage) {
  if (!one.steps.some((step) => step.event === 'assign')) return [];
  return (await found(api.exhibits.unsealings({ caseId: one.caseId }))).unsealings;
}

/** The buyer's recordings of the order that can be shown in this case now. */
export async function recordingsOf(api: Api, one: CasePage) {
  if (!one.able['exhibit']?.ok) return [];
  const { recordings } = await found(api.recordings.recordings({ orderId: one.orderId }));
  return showable(recordings, one.exhibits);
}
