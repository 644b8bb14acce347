import type { Answers, Api } from '../api.ts';

export type Manual = Answers['delivery']['manual'];
export type ManualLine = Manual['lines'][number];
export type ShownContent = Answers['delivery']['revealContent'];

/** The unit that a form names, '1-2': line and place. */
const placeOf = (unit: string): { line: number; place: number } => {
  const [line = 0, place = 0] = unit.split('-').map(Number);
  return { line, place };
};

/** Opens what was delivered by hand, with the password first where it is asked for. */
export async function showContent(api: Api, form: FormData, orderId: string): Promise<ShownContent> {
  const password = form.get('password');
  if (typeof password === 'string' && password !== '') await api.identity.confirm({ password });
  return api.delivery.revealContent({ orderId, ...placeOf(String(form.get('unit') ?? '')) });
}
