import { exhibitWords } from '../../src/aftersales/exhibits.data.ts';
import { exhibits as words } from '../text/exhibits.ts';
import { bytes, moment } from '../text/format.ts';
import { useFrame, useText } from '../text/use.ts';
import { Icon } from '../ui/Icon.tsx';
import { Tag } from '../ui/Tag.tsx';
import { Areas } from './Areas.tsx';
import type { CasePage } from './case.view.ts';
import { exhibitFile, lagText, type Exhibit } from './exhibit.view.ts';

const tones = { high: 'ok', usual: undefined, low: 'hold' } as const;

/** One exhibit in the binder: what it shows, when it happened, when it came here and how late, and what the other side says of it. */
export function ExhibitItem({ one, each, href }: { one: CasePage; each: Exhibit; href: string }) {
  const t = useText(words);
  const { language } = useFrame();
  const { file } = each;
  return (
    <li>
      <Icon name={file?.source === 'recording' ? 'screen' : 'picture'} />
      <div className="exhibit">
        <div className="between">
          <b>
            {each.layer?.step && `${t('stepIs', { step: each.layer.step })} · `}
            {each.caption || exhibitWords[each.kind][language]}
          </b>
          <span className="row">
            {each.redactionOf && <Tag>{t('isCopy', { number: each.redactionOf })}</Tag>}
            {each.audience === 'platform' && !each.hidden && <Tag tone="hold">{t('onlyYou')}</Tag>}
            <Tag tone={tones[each.weight]}>{t(`mode_${each.mode}`)}</Tag>
          </span>
        </div>
        {each.hidden ? (
          <p>
            {t('hidden')} {each.redactedBy && t('hiddenCopy', { number: each.redactedBy })}
          </p>
        ) : (
          <>
            {file && file.width !== null && (
              <a className="shot" href={href}>
                <img
                  src={exhibitFile(one.caseId, each.number, 'thumb')}
                  width={file.width}
                  height={file.height ?? file.width}
                  alt={t('picture', { name: file.name })}
                  loading="lazy"
                />
                <Areas areas={each.layer?.areas ?? []} />
              </a>
            )}
            {file && file.width === null && (
              <p>
                <a href={exhibitFile(one.caseId, each.number, 'original')} download={file.name}>
                  {file.name} · {bytes(file.size)}
                </a>
              </p>
            )}
            {(each.code !== '' || each.text !== '') && (
              <p className="said">{[...new Set([each.code, each.text])].filter(Boolean).join(' · ')}</p>
            )}
            {each.layer?.caption && <p className="said">“{each.layer.caption}”</p>}
          </>
        )}
        <Times each={each} />
        {each.comments.map((comment, index) => (
          <p key={index}>
            <b>{t(`by_${comment.by === 'merchant' ? 'merchant' : 'buyer'}`)}</b>：
            {t(`stance_${comment.stance}`)}，{comment.text}
          </p>
        ))}
        {!each.hidden && <a href={href}>{t('look')}</a>}
      </div>
    </li>
  );
}

/** F074: happened, captured, apart, on whose word, and what it weighs by default. */
export function Times({ each }: { each: Exhibit }) {
  const t = useText(words);
  const { now, language } = useFrame();
  const who = t(each.by === 'merchant' ? 'by_merchant' : each.by === 'buyer' ? 'by_buyer' : 'by_other');
  return (
    <p className="times">
      <span>
        {t('happened')} {moment(each.eventAt, now, language)}（{t(`by_${each.eventBy}`, { who })}）
      </span>
      <span>
        {t('captured')} {moment(each.at, now, language)}
      </span>
      <span>
        {t('lag')} {lagText(each.lag_s, language, t('lagNone'))}
      </span>
      <span>
        {who} · {t(`weight_${each.weight}`)}
      </span>
      <span className="mono">{each.sha256.slice(0, 12)}</span>
    </p>
  );
}
