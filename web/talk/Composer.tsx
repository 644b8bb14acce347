import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Form, useNavigation } from 'react-router';
import { attachmentTypes } from '../../src/kit/file-name.ts';
import { chatLimits } from '../../src/messaging/contract.ts';
import { paths } from '../paths.ts';
import { chat, templateFields } from '../text/chat.ts';
import { useFrame, useText } from '../text/use.ts';
import { Why } from '../ui/Act.tsx';
import { Submit } from '../ui/Button.tsx';
import { Choices, FileInput, Input, Select } from '../ui/Field.tsx';
import { IdempotencyKey } from '../ui/IdempotencyKey.tsx';
import { Rich } from '../ui/Rich.tsx';
import type { TalkData } from './talk.server.ts';
import { hoursOffered, templatesOf } from './talk.view.ts';

export type Typed = Readonly<Record<string, string>> | undefined;

/** Where words are written: at the bottom edge of the phone, with everything else that can go along folded above it. */
export function Composer({ talk, typed }: { talk: TalkData; typed: Typed }) {
  const t = useText(chat);
  const { thread, draft } = talk;
  const form = useRef<HTMLFormElement>(null);
  const formKey = useSentOnce(form, talk.formKey, typed !== undefined);
  const whom = { buyer: 'writeShop', merchant: 'writeBuyer', support: 'writeBoth' } as const;
  return (
    <div className="talk-in">
      <Templates talk={talk} />
      <Form method="post" encType="multipart/form-data" ref={form} preventScrollReset>
        <IdempotencyKey value={formKey} />
        <Tools talk={talk} typed={typed} />
        <div className="line">
          <textarea
            key={draft}
            className="in"
            name="text"
            rows={1}
            maxLength={chatLimits.text}
            aria-label={t('write')}
            placeholder={t(whom[thread.me])}
            defaultValue={typed?.['text'] ?? draft}
          />
          <Submit intent="say" busyText={t('sending')}>
            {t('send')}
          </Submit>
        </div>
      </Form>
    </div>
  );
}

/** Empties the form once its words were taken, and only then gives it the next key: the page may be read anew while somebody is still writing. */
function useSentOnce(
  form: React.RefObject<HTMLFormElement | null>,
  newest: string,
  isRefused: boolean,
): string {
  const [key, setKey] = useState(newest);
  const navigation = useNavigation();
  const isSending = navigation.state !== 'idle' && navigation.formData?.get('intent') === 'say';
  const wasSending = useRef(false);
  useEffect(() => {
    if (wasSending.current && !isSending) {
      setKey(newest);
      if (!isRefused) form.current?.reset();
      const field = form.current?.elements.namedItem('text');
      if (!isRefused && field instanceof HTMLTextAreaElement) field.value = '';
    }
    wasSending.current = isSending;
  }, [isSending, isRefused, newest, form]);
  return key;
}

function Tools({ talk, typed }: { talk: TalkData; typed: Typed }) {
  const t = useText(chat);
  const { language } = useFrame();
  const { thread, citations } = talk;
  const { me } = thread;
  return (
    <details open={typed !== undefined && (typed['as'] ?? 'text') !== 'text'}>
      <summary>{t(me === 'merchant' ? 'toolsShop' : 'tools')}</summary>
      <div className="tools">
        {me === 'buyer' && <Kinds kind="demand" thread={thread} typed={typed} />}
        {me === 'merchant' && <Kinds kind="promise" thread={thread} typed={typed} />}
        <FileInput
          label={t('files')}
          hint={t('filesHint')}
          name="file"
          multiple
          accept={attachmentTypes.join(',')}
        />
        <fieldset>
          <legend>{t('cite')}</legend>
          <p className="mute">{t('citeHint')}</p>
          {citations.map((one) => (
            <label className="tick" key={one.article}>
              <input type="checkbox" name="cite" value={one.article} />
              <span>
                {t('citeLabel', { no: one.article, title: one.title[language] })}
                <br />
                <small>{one.text[language]}</small>
              </span>
            </label>
          ))}
        </fieldset>
      </div>
    </details>
  );
}

type KindsProps = { kind: 'demand' | 'promise'; thread: TalkData['thread']; typed: Typed };

/** A plain message, or one with a time: the buyer's demand, the shop's promise. What is not possible now says why. */
function Kinds({ kind, thread, typed }: KindsProps) {
  const t = useText(chat);
  const { language } = useFrame();
  const able = thread.state.able[kind];
  const note: ReactNode = <Rich text={t(`kind_${kind}Note`)} version={thread.rulebook} />;
  if (!able.ok) return <Why label={t(`kind_${kind}`)} reason={able.why?.[language] ?? ''} small />;
  return (
    <>
      <Choices
        legend={t('kind')}
        name="as"
        chosen={typed?.['as'] ?? 'text'}
        options={[
          { value: 'text', label: t('kind_text') },
          { value: kind, label: t(`kind_${kind}`), note },
        ]}
      />
      {kind === 'demand' ? (
        <Select
          label={t('hours')}
          hint={t('hoursHint', { max: thread.demandMax_hours, usual: thread.demandDefault_hours })}
          name="hours"
          defaultValue={typed?.['hours'] ?? String(thread.demandDefault_hours)}
          options={hoursOffered(thread.demandMax_hours).map((hours) => ({
            value: String(hours),
            label: t('hourOption', { count: hours }),
          }))}
        />
      ) : (
        <Input
          label={t('until')}
          hint={t('untilHint')}
          name="until"
          type="datetime-local"
          defaultValue={typed?.['until']}
        />
      )}
    </>
  );
}

/** Sentences to begin with: chosen and filled in by a plain form, they come back in the box, to be changed before they are sent. */
function Templates({ talk }: { talk: TalkData }) {
  const t = useText(chat);
  const { language } = useFrame();
  const { thread, replies } = talk;
  const own = templatesOf(thread.me);
  const fields = [...new Set(own.flatMap((one) => one.fields))];
  return (
    <details>
      <summary>{t('templates')}</summary>
      <div className="tools">
        <p className="mute">{t('templatesHint')}</p>
        <Form method="get" className="stack" preventScrollReset>
          <Select
            label={t('template')}
            name="template"
            options={own.map((one) => ({ value: one.key, label: one.name[language] }))}
          />
          {fields.map((field) => (
            <Input key={field} label={templateFields[field][language]} name={field} maxLength={300} />
          ))}
          <button className="btn line s" type="submit">
            {t('use')}
          </button>
        </Form>
        {thread.me === 'merchant' && (
          <div className="stack">
            {replies.length > 0 && <b>{t('quick')}</b>}
            {replies.map((reply, index) => (
              <a key={reply} href={`?quick=${index}#end`}>
                {reply}
              </a>
            ))}
            <p>
              <a href={paths.merchantQuickReplies()}>{t('editQuick')}</a>
            </p>
          </div>
        )}
      </div>
    </details>
  );
}
