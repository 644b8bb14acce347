import { Form } from 'react-router';
import type { Answers } from '../api.ts';
import { paths } from '../paths.ts';
import { precedents as words } from '../text/precedents.ts';
import { useText } from '../text/use.ts';
import { Note } from '../ui/Blank.tsx';
import { Submit } from '../ui/Button.tsx';
import { Textarea } from '../ui/Field.tsx';

type List = Answers['precedents']['list']['precedents'];

/** How the same was decided before: nobody decides alone. */
export function Similar({ list }: { list: List }) {
  const t = useText(words);
  return (
    <section className="card">
      <h3 className="mb-2">{t('similar')}</h3>
      {list.length === 0 && <p className="mute">{t('similarNone')}</p>}
      <ul className="lines">
        {list.map((one) => (
          <li key={one.number}>
            <a href={paths.precedent(one.number)}>{t('name', { number: one.number })}</a> ·{' '}
            {t(`outcome_${one.outcome}`)} <span className="mute">{one.month}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const leaks = ['name', 'contact', 'number', 'key', 'copied'] as const;

/** The public summary of a closed case; what could say who it was is refused and named by its kind. */
export function PrecedentPart({
  precedent,
  found,
  typed,
}: {
  precedent: Answers['desk']['precedent']['precedent'];
  found: string | undefined;
  typed: string | undefined;
}) {
  const t = useText(words);
  if (!precedent) return null;
  const kinds = leaks.filter((leak) => found?.split(' ').includes(leak));
  return (
    <section className="card">
      <h3>{t('review')}</h3>
      <p className="mute mb-3">{t('reviewLead', { number: precedent.number })}</p>
      {kinds.length > 0 && (
        <Note tone="bad">{t('leaks', { what: kinds.map((leak) => t(`leak_${leak}`)).join('、') })}</Note>
      )}
      <Form method="post" className="stack">
        <Textarea
          label={t('reviewText')}
          name="summary"
          required
          minLength={20}
          maxLength={2000}
          defaultValue={typed ?? precedent.summary ?? ''}
        />
        <Submit intent="review" kind="line">
          {t('reviewDo')}
        </Submit>
      </Form>
    </section>
  );
}
