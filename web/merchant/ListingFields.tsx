import { use } from 'react';
import {
  deliveryModes,
  faceColours,
  goodsKinds,
  keyFormats,
  promiseWords,
} from '../../src/catalog/content.contract.ts';
import { listings } from '../text/listings.ts';
import { promises } from '../text/promises.ts';
import { topups } from '../text/topups.ts';
import { useText } from '../text/use.ts';
import { Act } from '../ui/Act.tsx';
import { Submit } from '../ui/Button.tsx';
import { Rich } from '../ui/Rich.tsx';
import { FilePart } from './FilePart.tsx';
import { ParcelPart } from './ParcelPart.tsx';
import { LicencePart } from './LicencePart.tsx';
import { refundRows } from './listing.form.ts';
import { FormState, Line, Part, Pick, Prose, useField } from './ListingParts.tsx';
import { ManualPart } from './ManualPart.tsx';
import { TopupPart } from './TopupPart.tsx';

/** All fields of articles 8 and 12, in the order in which people think of them. */
export function ListingFields({
  categories,
  rows,
}: {
  categories: readonly { value: string; label: string }[];
  rows: number;
}) {
  return (
    <>
      <What categories={categories} />
      <Variants rows={rows} />
      <Delivery />
      <GuidePart />
      <MembershipPart />
      <LicencePart />
      <FilePart />
      <TopupPart />
      <ManualPart />
      <ParcelPart />
      <AfterSales />
      <Promises />
      <FacePart />
    </>
  );
}

function What({ categories }: { categories: readonly { value: string; label: string }[] }) {
  const t = useText(listings);
  return (
    <Part title={t('partWhat')}>
      <Line name="title" label={t('f_title')} max={60} required />
      <Line name="subtitle" label={t('f_subtitle')} max={80} />
      <Pick name="categoryId" label={t('f_category')} options={categories} />
      <Pick
        name="goods"
        label={t('f_goods')}
        options={goodsKinds.map((one) => ({ value: one, label: t(`goods_${one}`) }))}
      />
      <Prose name="description" label={t('f_description')} max={6000} />
      <Line name="keywords" label={t('f_keywords')} hint={t('h_keywords')} />
    </Part>
  );
}

function Variants({ rows }: { rows: number }) {
  const t = useText(listings);
  const u = useText(topups);
  const { values } = use(FormState);
  const { error } = useField('variants');
  const yesNo = [
    { value: 'yes', label: t('on') },
    { value: 'no', label: t('off') },
  ];
  return (
    <Part title={t('partVariants')}>
      {error && <p className="err">{error}</p>}
      {Array.from({ length: rows }, (_, index) => (
        <fieldset key={index} className="stack border-0 p-0">
          <legend className="font-semibold">{t('variantLegend', { number: index + 1 })}</legend>
          <input type="hidden" name={`variants.${index}.id`} value={values[`variants.${index}.id`] ?? ''} />
          <Line name={`variants.${index}.name`} label={t('f_variantName')} max={40} />
          <Line name={`variants.${index}.price`} label={t('f_price')} max={16} />
          <Line name={`variants.${index}.tiers`} label={t('f_tiers')} hint={t('h_tiers')} />
          <Line
            name={`variants.${index}.term`}
            label={t('f_variantTerm')}
            hint={t('h_variantTerm')}
            max={8}
          />
          <Line name={`variants.${index}.faceValue`} label={u('f_face')} max={16} />
          <Pick name={`variants.${index}.on`} label={t('f_on')} options={yesNo} />
        </fieldset>
      ))}
      <Act consequence={t('moreAfter')}>
        <Submit intent="more" kind="line" formNoValidate>
          {t('more')}
        </Submit>
      </Act>
      <Line name="perBuyer" label={t('f_perBuyer')} hint={t('h_limit')} number />
      <Line name="perOrder" label={t('f_perOrder')} hint={t('h_limit')} number />
    </Part>
  );
}

function Delivery() {
  const t = useText(listings);
  const unstated = { value: '', label: t('unstated') };
  return (
    <Part title={t('partDelivery')}>
      <Pick
        name="delivery.mode"
        label={t('f_mode')}
        options={deliveryModes.map((one) => ({ value: one, label: t(`mode_${one}`) }))}
      />
      <Line name="delivery.within_seconds" label={t('f_within')} number />
      <Pick
        name="keyFormat"
        label={t('f_keyFormat')}
        options={[unstated, ...keyFormats.map((one) => ({ value: one, label: t(`format_${one}`) }))]}
      />
      <Line name="validity" label={t('f_validity')} max={200} />
      <Line name="useWithin_hours" label={t('f_useWithin')} number />
      <Prose name="verification" label={t('f_verification')} max={2000} />
      <Prose name="binding.rule" label={t('f_bindingRule')} max={300} />
      <Pick
        name="mustConfirm"
        label={t('f_mustConfirm')}
        options={[
          { value: 'no', label: t('no') },
          { value: 'yes', label: t('yes') },
        ]}
      />
      <Prose name="devices" label={t('f_devices')} max={300} />
      <Line name="activations" label={t('f_activations')} number />
      <Line name="download" label={t('f_downloadUrl')} max={500} />
      <Line name="download.version" label={t('f_downloadVersion')} max={40} />
      <Line name="download.sha256" label={t('f_sha256')} max={64} />
      <Pick
        name="realName"
        label={t('f_realName')}
        options={[
          unstated,
          ...(['none', 'changeable', 'bound'] as const).map((one) => ({
            value: one,
            label: t(`realName_${one}`),
          })),
        ]}
      />
    </Part>
  );
}

/** F030, F033: how it is used, step by step; buyers see it before they buy and beside what they bought. */
function GuidePart() {
  const t = useText(listings);
  return (
    <Part title={t('partGuide')}>
      <p className="mute">{t('guideLead')}</p>
      <Prose name="guide" label={t('f_guide')} hint={t('h_guide')} max={5000} />
      <Line name="guide.address" label={t('f_guideAddress')} hint={t('h_guideAddress')} max={300} />
      <Line name="guide.platform" label={t('f_guidePlatform')} max={120} />
      <Prose name="guide.errors" label={t('f_guideErrors')} hint={t('h_guideErrors')} max={3600} />
      <Line name="issuer" label={t('f_issuer')} hint={t('h_issuer')} max={40} />
    </Part>
  );
}

function MembershipPart() {
  const t = useText(listings);
  return (
    <Part title={t('partMembership')}>
      <p className="mute">{t('membershipLead')}</p>
      <Line name="membership" label={t('f_term')} hint={t('h_term')} max={8} />
      <Line name="membership.level" label={t('f_level')} max={40} />
      <Prose name="membership.includes" label={t('f_includes')} hint={t('h_includes')} max={1000} />
      <Pick
        name="membership.stacks"
        label={t('f_stacks')}
        options={[
          { value: 'yes', label: t('stacks_yes') },
          { value: 'no', label: t('stacks_no') },
        ]}
      />
      <Pick
        name="membership.starts"
        label={t('f_starts')}
        options={[
          { value: 'at_once', label: t('starts_at_once') },
          { value: 'buyer', label: t('starts_buyer') },
        ]}
      />
      <Pick
        name="membership.sharing"
        label={t('f_sharing')}
        options={[
          { value: 'own', label: t('sharing_own') },
          { value: 'shared', label: t('sharing_shared') },
        ]}
      />
    </Part>
  );
}

function AfterSales() {
  const t = useText(listings);
  const { error } = useField('afterSales.refunds');
  return (
    <Part title={t('partAfterSales')}>
      <Line name="afterSales.noReason_days" label={t('f_noReason')} hint={t('h_noReason')} number />
      <Line
        name="afterSales.faultResponse_hours"
        label={t('f_faultResponse')}
        hint={<Rich text={t('h_faultResponse')} />}
        number
      />
      {error && <p className="err">{error}</p>}
      {Array.from({ length: refundRows }, (_, index) => (
        <div key={index} className="stack desk:grid-cols-2">
          <Line name={`afterSales.refunds.${index}.when`} label={t('f_refundWhen')} max={60} />
          <Line name={`afterSales.refunds.${index}.percent`} label={t('f_refundPercent')} number />
        </div>
      ))}
      <Prose name="afterSales.terms" label={t('f_terms')} hint={<Rich text={t('h_terms')} />} max={2000} />
      <Prose name="fees.elsewhere" label={t('f_elsewhere')} hint={t('h_elsewhere')} max={300} />
    </Part>
  );
}

function Promises() {
  const t = useText(listings);
  const p = useText(promises);
  return (
    <Part title={t('partPromises')}>
      <p className="mute">
        <Rich text={t('promisesLead')} />
      </p>
      {promiseWords.map((word) => (
        <Line key={word} name={`promise.${word}`} label={t('promiseMeans', { word: p(word) })} max={200} />
      ))}
    </Part>
  );
}

function FacePart() {
  const t = useText(listings);
  return (
    <Part title={t('partFace')}>
      <Pick
        name="face.colour"
        label={t('f_colour')}
        options={faceColours.map((one) => ({ value: one, label: t(`colour_${one}`) }))}
      />
      <Line name="face.title" label={t('f_faceTitle')} max={12} required />
      <Line name="face.subtitle" label={t('f_faceSubtitle')} max={24} />
    </Part>
  );
}
