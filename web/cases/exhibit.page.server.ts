import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router';
import { exhibitWords } from '../../src/aftersales/exhibits.data.ts';
import { stances } from '../../src/aftersales/exhibits/contract.ts';
import { again, found, page, text, tried } from '../page.server.ts';
import { withQuery } from '../paths.ts';
import { exhibits as words } from '../text/exhibits.ts';
import { textIn } from '../text/use.ts';
import { areasOf } from './exhibit.view.ts';

/** One exhibit of a case as the viewer sees it; what is hidden from them is not there. */
export async function loadExhibit({ context, request, params }: LoaderFunctionArgs) {
  const { api, language } = page(context);
  const one = await found(api.cases.one({ caseId: params['caseId'] ?? '' }));
  const each = one.exhibits.find((exhibit) => String(exhibit.number) === params['number']);
  if (!each || each.hidden) throw data({ code: 'NOT_FOUND', message: '' }, { status: 404 });
  const t = textIn(words, language);
  const did = new URL(request.url).searchParams.get('did');
  return {
    caseId: one.caseId,
    each,
    did: did === 'annotate' || did === 'comment' ? did : null,
    title: t('title', { number: each.number, name: exhibitWords[each.kind][language] }),
  };
}
export type ExhibitData = Awaited<ReturnType<typeof loadExhibit>>;

/** Notes of its own side, comments of the other. */
export async function actOnExhibit(
  { context, request, params }: ActionFunctionArgs,
  at: (caseId: string, number: number) => string,
) {
  const form = await request.formData();
  const { api } = page(context);
  const [caseId, number, intent] = [params['caseId'] ?? '', Number(params['number']), text(form, 'intent')];
  const step = Number(text(form, 'step'));
  const outcome = await tried<unknown>(
    intent === 'comment'
      ? api.exhibits.comment({
          caseId,
          number,
          stance: stances.find((one) => one === text(form, 'stance')) ?? 'not_relevant',
          text: text(form, 'text'),
        })
      : api.exhibits.annotate({
          caseId,
          number,
          ...(step > 0 ? { step } : {}),
          caption: text(form, 'caption'),
          areas: areasOf(form),
        }),
  );
  if (!outcome.ok) return again(outcome.refusal, form);
  throw redirect(withQuery(at(caseId, number), { did: intent === 'comment' ? 'comment' : 'annotate' }), 303);
}
