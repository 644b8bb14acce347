import { Form } from 'react-router';
import { exhibitWords } from '../../src/aftersales/exhibits.data.ts';
import { stances } from '../../src/aftersales/exhibits/contract.ts';
import { exhibits as words } from '../text/exhibits.ts';
import { bytes, exact, moment } from '../text/format.ts';
import { useFrame, useText } from '../text/use.ts';
import { Answer } from '../ui/Answer.tsx';
import { Submit } from '../ui/Button.tsx';
import { Select, Textarea } from '../ui/Field.tsx';
import { Tag } from '../ui/Tag.tsx';
import { Annotator } from './Annotator.tsx';
import { Areas } from './Areas.tsx';
import { Phrases } from './CaseHead.tsx';
import { Times } from './ExhibitItem.tsx';
import type { ExhibitData } from './exhibit.page.server.ts';
import { exhibitFile, type Exhibit } from './exhibit.view.ts';

/** One exhibit: the picture with its notes, its times, what the original says besides, and what the other side says of it. */
export function ExhibitView({
  page: { caseId, each, did },
  refused,
}: {
  page: ExhibitData;
  refused: string | undefined;
}) {
  const t = useText(words);
  const { language } = useFrame();
  const { file } = each;
  const picture = file && file.width !== null ? exhibitFile(caseId, each.number, 'view') : null;
  return (
    <>
      <header className="oh">
        <div>
          <h1>
            <Phrases text={t('title', { number: each.number, name: exhibitWords[each.kind][language] })} />
          </h1>
          <p className="row mt-2">
            <Tag tone={each.weight === 'low' ? 'hold' : each.weight === 'high' ? 'ok' : undefined}>
              {t(`mode_${each.mode}`)}
            </Tag>
            <Tag>{t(`weight_${each.weight}`)}</Tag>
            {each.redactionOf && <Tag>{t('isCopy', { number: each.redactionOf })}</Tag>}
            {each.audience === 'platform' && <Tag tone="hold">{t('onlyYou')}</Tag>}
          </p>
        </div>
      </header>
      <Answer refused={refused} did={did && t(did === 'comment' ? 'did_comment' : 'did_annotate')} />
      <div className="two">
        <div className="stack">
          <section className="card stack">
            {picture && !each.able.annotate && <Shown each={each} picture={picture} />}
            {file?.type.startsWith('video/') && (
              <video
                className="clip"
                controls
                preload="metadata"
                src={exhibitFile(caseId, each.number, 'original')}
                aria-label={file.name}
              />
            )}
            {(each.code !== '' || each.text !== '') && (
              <p className="said">{[...new Set([each.code, each.text])].filter(Boolean).join(' · ')}</p>
            )}
            {each.able.annotate ? (
              <>
                <h2>{t('note')}</h2>
                <p className="mute">{t('noteIntro')}</p>
                <Annotator key={each.layer?.number ?? 0} each={each} picture={picture} />
              </>
            ) : (
              <Layer each={each} />
            )}
          </section>
          <Comments each={each} />
        </div>
        <aside className="stack">
          <Facts each={each} caseId={caseId} />
        </aside>
      </div>
    </>
  );
}

function Shown({ each, picture }: { each: Exhibit; picture: string }) {
  const t = useText(words);
  return (
    <a className="shot big" href={picture}>
      <img
        src={picture}
        width={each.file?.width ?? undefined}
        height={each.file?.height ?? undefined}
        alt={t('picture', { name: each.file?.name ?? '' })}
      />
      <Areas areas={each.layer?.areas ?? []} />
    </a>
  );
}

function Layer({ each }: { each: Exhibit }) {
  const t = useText(words);
  const { now, language } = useFrame();
  if (!each.layer) return <p className="mute">{t('noteNone')}</p>;
  const { step, caption, number, at } = each.layer;
  return (
    <p>
      {step && <b>{t('stepIs', { step })} </b>}
      {caption}
      <br />
      <span className="mute">{t('noteAt', { number, time: moment(at, now, language) })}</span>
    </p>
  );
}

function Comments({ each }: { each: Exhibit }) {
  const t = useText(words);
  const { now, language } = useFrame();
  return (
    <section className="card stack">
      <h2>{t('comments')}</h2>
      {each.comments.length === 0 && <p className="mute">{t('commentsNone')}</p>}
      {each.comments.map((comment, index) => (
        <p key={index}>
          <b>{t(comment.by === 'merchant' ? 'by_merchant' : 'by_buyer')}</b>{' '}
          <Tag tone={comment.stance === 'accepted' ? 'ok' : 'bad'}>{t(`stance_${comment.stance}`)}</Tag>
          <br />
          {comment.text} <span className="mute">{moment(comment.at, now, language)}</span>
        </p>
      ))}
      {each.able.comment && (
        <Form method="post" className="stack">
          <p className="mute">{t('commentIntro')}</p>
          <Select
            label={t('stance')}
            name="stance"
            options={stances.map((stance) => ({ value: stance, label: t(`stance_${stance}`) }))}
          />
          <Textarea label={t('commentText')} name="text" required minLength={2} maxLength={1000} />
          <Submit intent="comment">{t('commentDo')}</Submit>
        </Form>
      )}
    </section>
  );
}

function Facts({ each, caseId }: { each: Exhibit; caseId: string }) {
  const t = useText(words);
  const { language } = useFrame();
  const { file } = each;
  const camera = file?.camera;
  return (
    <section className="card stack">
      <Times each={each} />
      <p className="mute">{t('weightNote')}</p>
      <p>
        {t('hash')}
        <br />
        <span className="mono hash">{each.sha256}</span>
      </p>
      {file?.original && (
        <a href={exhibitFile(caseId, each.number, 'original')} download={file.name}>
          {t('original')} · {bytes(file.size)}
        </a>
      )}
      {camera && (
        <>
          <h3>{t('camera')}</h3>
          <dl className="known">
            <dt>{t('cameraTaken')}</dt>
            <dd>{camera.takenAt ? exact(camera.takenAt, language) : t('cameraNone')}</dd>
            <dt>{t('cameraDevice')}</dt>
            <dd>{camera.device ?? t('cameraNone')}</dd>
            <dt>{t('cameraProgram')}</dt>
            <dd>{camera.program ?? t('cameraNone')}</dd>
            <dt>{t('cameraPlace')}</dt>
            <dd>{t(camera.hasPlace ? 'cameraPlaceYes' : 'cameraNone')}</dd>
          </dl>
          <p className="mute">{t('cameraNote')}</p>
        </>
      )}
    </section>
  );
}
