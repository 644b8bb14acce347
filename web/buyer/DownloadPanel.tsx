import { Form } from 'react-router';
import { downloadRefusals } from '../../src/delivery/download/contract.ts';
import { sayBytes } from '../../src/kit/file-name.ts';
import type { Answers } from '../api.ts';
import { paths } from '../paths.ts';
import { downloads as words } from '../text/downloads.ts';
import { deadline, moment } from '../text/format.ts';
import { useFrame, useText } from '../text/use.ts';
import { Act, Why } from '../ui/Act.tsx';
import { Note } from '../ui/Blank.tsx';
import { Submit } from '../ui/Button.tsx';
import { Cite } from '../ui/Cite.tsx';
import { Clock } from '../ui/Clock.tsx';
import { Dialog, Fold } from '../ui/Dialog.tsx';
import { Facts } from '../ui/Facts.tsx';
import { Select } from '../ui/Field.tsx';
import { Tag } from '../ui/Tag.tsx';

export type OneDownload = Answers['downloads']['readDownloads']['downloads'][number];
type Part = { download: OneDownload; orderId: string; version: string };

/** What an order may download: the file with its facts, how often and until when, and what to do when nothing came. */
export function DownloadPanel({
  downloads,
  orderId,
  version,
  isBuyer,
}: {
  downloads: readonly OneDownload[];
  orderId: string;
  version: string;
  isBuyer: boolean;
}) {
  const t = useText(words);
  return (
    <section className="card" id="downloads">
      <h2 className="mb-2">{t('panel')}</h2>
      {downloads.map((download) => (
        <div key={download.line} className="stack">
          {download.release ? (
            <Given download={download} orderId={orderId} version={version} isBuyer={isBuyer} />
          ) : (
            <Waiting download={download} orderId={orderId} version={version} />
          )}
          {isBuyer && <Trouble download={download} orderId={orderId} version={version} />}
        </div>
      ))}
    </section>
  );
}

/** Paid, and nothing to download yet: the ten minutes of article 16. */
function Waiting({ download, version }: Part) {
  const t = useText(words);
  const { now } = useFrame();
  if (download.state !== 'waiting') return <p className="sub">{t('ended')}</p>;
  return (
    <>
      <Note tone="hold">
        <strong>{t('waitTitle')}</strong> {t('waitText')}
      </Note>
      {Date.parse(download.reportFrom) > now && !download.problem && (
        <Clock who={t('waitWho')} due={download.reportFrom} tone="calm">
          {t('waitElse')} <Cite article={16} version={version} />
        </Clock>
      )}
    </>
  );
}

function Given({ download, orderId, version, isBuyer }: Part & { isBuyer: boolean }) {
  const t = useText(words);
  const { language } = useFrame();
  const { release, cannotDownload, listed } = download;
  if (!release) return null;
  const isOurs = release.origin === 'platform';
  const label = t(isOurs ? (download.used > 0 ? 'getAgain' : 'get') : 'open');
  return (
    <>
      <p className="row">
        <strong className="break-all">{release.name}</strong>
        {download.nth > 1 && <Tag tone="ok">{t('corrected', { nth: download.nth })}</Tag>}
      </p>
      <ReleaseFacts download={download} />
      <div>
        <p className="text-sm font-semibold">{t('sum')}</p>
        <p className="mono text-sm break-all">{release.sha256}</p>
        {listed && <p className="mute">{t(listed.sha256 === release.sha256 ? 'asListed' : 'notAsListed')}</p>}
        <HowToCheck name={release.name} />
      </div>
      {download.install.length > 0 && (
        <Fold label={<span className="text-brand">{t('install')}</span>} open={download.used === 0}>
          <ol className="lines text-sm">
            {download.install.map((step, index) => (
              <li key={index}>
                {index + 1}. {step}
              </li>
            ))}
          </ol>
        </Fold>
      )}
      {isBuyer && cannotDownload && <Why label={label} reason={reasonOf(cannotDownload, language)} />}
      {isBuyer && !cannotDownload && (
        <Act
          consequence={
            <>
              {t(isOurs ? 'getAfter' : 'openAfter')} <Cite article={16} version={version} />
            </>
          }
        >
          {/* The answer is a file, or a page with the address: the browser fetches it itself. */}
          <Form method="post" action={paths.orderDownload(orderId)} reloadDocument>
            <input type="hidden" name="line" value={download.line} />
            <Submit intent="start" icon="download">
              {label}
            </Submit>
          </Form>
        </Act>
      )}
    </>
  );
}

function ReleaseFacts({ download }: { download: OneDownload }) {
  const t = useText(words);
  const { language, now } = useFrame();
  const { release, systems, requires } = download;
  if (!release) return null;
  const isOurs = release.origin === 'platform';
  const time = moment(release.reachedAt, now, language);
  const names = systems.map((one) => t(`system_${one}` as 'system_any')).join('、');
  const verdict =
    release.verdict === 'unknown'
      ? t(isOurs ? 'unknown' : 'unknownOutside')
      : t(release.verdict, { by: t(release.verdictBy === 'clamd' ? 'byClamd' : 'bySignatures') });
  return (
    <Facts
      facts={[
        { name: t('version'), value: release.version },
        { name: t('size'), value: release.size === null ? t('sizeUnknown') : sayBytes(release.size) },
        {
          name: t('from'),
          value: isOurs
            ? t('fromPlatform')
            : t(release.reach === 'dead' ? 'fromDead' : 'fromHost', { host: release.host, time }),
        },
        { name: t('verdict'), value: verdict },
        { name: t('needs'), value: [names, requires].filter(Boolean).join('；') },
        ...(isOurs
          ? [
              {
                name: t('left'),
                value: t('leftText', { left: download.allowed - download.used, allowed: download.allowed }),
              },
            ]
          : []),
        ...(download.expiresAt
          ? [{ name: t('until'), value: deadline(download.expiresAt, now, language) }]
          : []),
      ]}
    />
  );
}

/** The same question on four systems; commands hold the file's name, in quotes that no name of ours can end. */
function HowToCheck({ name }: { name: string }) {
  const t = useText(words);
  const plain = name.replace(/[`$'"]/g, '_');
  const rows = [
    [t('howWindows'), `Get-FileHash "${plain}"`],
    [t('howMac'), `shasum -a 256 "${plain}"`],
    [t('howLinux'), `sha256sum "${plain}"`],
  ] as const;
  return (
    <Fold label={<span className="text-brand">{t('howTo')}</span>}>
      <p className="text-sm">{t('howWhy')}</p>
      {rows.map(([text, command]) => (
        <div key={command} className="text-sm">
          <p>{text}</p>
          <p className="mono break-all">{command}</p>
        </div>
      ))}
      <p className="text-sm">{t('howPhone')}</p>
    </Fold>
  );
}

const reasonOf = (code: string, language: 'zh' | 'en'): string =>
  downloadRefusals[code as keyof typeof downloadRefusals]?.[language] ?? code;

const afterDelivery = ['dead', 'wrong_code', 'wrong_file', 'malware'] as const;

/** What waits for a correction, and the two ways to say that something is wrong. */
function Trouble({ download, orderId, version }: Part) {
  if (download.state === 'refunded' || download.state === 'withdrawn') return null;
  if (download.problem)
    return <Correcting download={download} problem={download.problem} orderId={orderId} version={version} />;
  return (
    <>
      <Report download={download} orderId={orderId} version={version} />
      {!download.cannotCancel && download.cancelUntil && (
        <Cancel download={download} until={download.cancelUntil} orderId={orderId} version={version} />
      )}
    </>
  );
}

function Correcting({
  download,
  problem,
  orderId,
  version,
}: Part & { problem: NonNullable<OneDownload['problem']> }) {
  const t = useText(words);
  return (
    <>
      <Clock who={t('fixWho')} since={problem.openedAt} due={problem.dueAt}>
        {t(`reason_${problem.reason}`)}；{t(`fixElse_${problem.finding}`)}{' '}
        <Cite article={16} version={version} />
      </Clock>
      {download.release && (
        <Act consequence={t('withdrawAfter')}>
          <Form method="post" action={paths.orderDownload(orderId)}>
            <input type="hidden" name="line" value={download.line} />
            <Submit intent="withdraw" kind="line" small>
              {t('withdraw')}
            </Submit>
          </Form>
        </Act>
      )}
    </>
  );
}

function Report({ download, orderId, version }: Part) {
  const t = useText(words);
  const { language } = useFrame();
  const isWaiting = download.state === 'waiting';
  const label = t(isWaiting ? 'report' : 'reportBroken');
  if (download.cannotReport)
    return <Why label={label} reason={reasonOf(download.cannotReport, language)} small />;
  return (
    <Fold label={<span className="text-brand">{isWaiting ? label : t('reportTitle')}</span>} open={isWaiting}>
      <Form method="post" action={paths.orderDownload(orderId)} className="stack">
        <input type="hidden" name="line" value={download.line} />
        {isWaiting ? (
          <input type="hidden" name="reason" value="not_received" />
        ) : (
          <Select
            label={t('reportWhy')}
            name="reason"
            options={afterDelivery.map((value) => ({ value, label: t(`reason_${value}`) }))}
          />
        )}
        <Act
          consequence={
            <>
              {t(download.release?.origin === 'address' ? 'reportAfter' : 'reportAfterFile')}{' '}
              <Cite article={16} version={version} />
            </>
          }
        >
          <Submit intent="report" kind="line">
            {label}
          </Submit>
        </Act>
      </Form>
    </Fold>
  );
}

function Cancel({ download, until, orderId, version }: Part & { until: string }) {
  const t = useText(words);
  const { language, now } = useFrame();
  return (
    <Dialog label={t('cancel')} title={t('cancelTitle')} kind="line" small>
      <p>
        {t('cancelText', { time: deadline(until, now, language) })} <Cite article={20} version={version} />
      </p>
      <Form method="post" action={paths.orderDownload(orderId)}>
        <input type="hidden" name="line" value={download.line} />
        <Submit intent="cancel" kind="risk">
          {t('cancel')}
        </Submit>
      </Form>
    </Dialog>
  );
}
