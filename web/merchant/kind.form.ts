import type { ListingDraft } from '../../src/catalog/content.contract.ts';
import { fileDraft, fileValues } from './file.form.ts';
import { licenceDraft, licenceValues } from './licence.form.ts';
import { manualDraft, manualValues } from './manual.form.ts';
import { parcelDraft, parcelValues } from './parcel.form.ts';
import { topupDraft, topupValues, withTarget } from './topup.form.ts';

// A kind of goods may have a file `<kind>.form.ts` with its fields; this one puts them together.
type Kinds = Pick<ListingDraft, 'questions' | 'opening' | 'manual' | 'topup' | 'file' | 'licence' | 'parcel'>;

/** What the form shows of the fields that only some kinds of goods have. */
export const kindValues = (content: Kinds): Record<string, string> => ({
  ...manualValues(content),
  ...fileValues(content),
  ...topupValues(content),
  ...licenceValues(content),
  ...parcelValues(content),
});

/** The same fields from the form. */
export function kindDraft(of: (name: string) => string): Kinds {
  const [manual, topup] = [manualDraft(of), topupDraft(of)];
  return {
    ...manual,
    ...topup,
    questions: withTarget(manual.questions, topup),
    ...fileDraft(of),
    ...licenceDraft(of),
    ...parcelDraft(of),
  };
}
