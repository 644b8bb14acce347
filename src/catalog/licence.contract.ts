import { z } from 'zod';

/** When the time of a licence begins to run. */
export const licenceBeginnings = ['issue', 'first_activation', 'first_validation'] as const;
/** What happens when it has run out: the software stops, the key is refused, what was bought goes on, everything goes on. */
export const licenceExpirations = ['restrict', 'revoke', 'maintain', 'allow'] as const;
/** Where a device may stand once only: in its licence, in all licences of the listing, in all of the shop. */
export const licenceUniqueness = ['licence', 'listing', 'shop'] as const;
/** How many parts of a device must be the same for it to be the same device. */
export const licenceMatching = ['any', 'two', 'most', 'all'] as const;
export const licenceKeyForms = ['code25', 'uuid'] as const;

const whole = (min: number, max: number) => z.number().int().min(min).max(max);
const seats = whole(0, 100_000);
const duration = whole(1, 36_500).nullable();

/**
 * The terms of a licence that the platform itself issues and checks (F035). On how many devices it runs is the listing's `activations`, 0 for any
 * number; a variant may have its own number and its own time.
 */
export const licenceTerms = z.strictObject({
  key: z.strictObject({
    form: z.enum(licenceKeyForms),
    prefix: z.string().regex(/^([A-Z0-9]{1,12})?$/),
  }),
  /** null: for good. */
  duration_days: duration,
  basis: z.enum(licenceBeginnings),
  expiration: z.enum(licenceExpirations),
  /** How often the software may count a use; null: it does not count. */
  uses: whole(1, 1_000_000_000).nullable(),
  uniqueness: z.enum(licenceUniqueness),
  matching: z.enum(licenceMatching),
  /** How often a device may be exchanged: so many times in so many days; null: as often as one likes. */
  unbind: z.strictObject({ times: whole(0, 1000).nullable(), per_days: whole(1, 3650) }),
  /** For how long an offline file is valid; null: there is none. */
  offline_days: whole(1, 3650).nullable(),
});
export type LicenceTerms = z.infer<typeof licenceTerms>;

/** What a variant says of its own. */
export const variantLicence = z.strictObject({ activations: seats, duration_days: duration });
