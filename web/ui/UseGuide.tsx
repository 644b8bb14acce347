import type { Answers } from '../api.ts';
import { guides } from '../text/guides.ts';
import { useText } from '../text/use.ts';
import { Facts } from './Facts.tsx';

export type Guide = NonNullable<Answers['catalog']['product']['guide']>;

/** How it is used, step by step, as the shop wrote it: where to type it, at which official address, and what error messages mean (F033). */
export function UseGuide({ guide }: { guide: Guide }) {
  const t = useText(guides);
  const host = guide.address === null ? '' : new URL(guide.address).host;
  const facts = [
    ...(guide.platform === '' ? [] : [{ name: t('platform'), value: guide.platform }]),
    ...(guide.address === null
      ? []
      : [
          {
            name: t('address'),
            value: (
              <>
                <a href={guide.address} rel="noopener noreferrer nofollow">
                  {host}
                </a>
                <br />
                <span className="mute">{t('addressNote')}</span>
              </>
            ),
          },
        ]),
  ];
  return (
    <div className="stack">
      <ol className="guide">
        {guide.steps.map((step, index) => (
          <li key={index}>
            {step.text}
            {step.where !== '' && <span className="mute"> {t('where', { place: step.where })}</span>}
          </li>
        ))}
      </ol>
      {facts.length > 0 && <Facts wide facts={facts} />}
      {guide.errors.length > 0 && (
        <div>
          <p className="text-sm font-semibold">{t('errors')}</p>
          <dl className="meanings">
            {guide.errors.map((one, index) => (
              <div key={index}>
                <dt>{t('errorSays', { shown: one.shown })}</dt>
                <dd>{one.meaning}</dd>
              </div>
            ))}
          </dl>
        </div>
      )}
    </div>
  );
}
