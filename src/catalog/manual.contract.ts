import { z } from 'zod';

/** What the shop fills in for each unit when it delivers by hand; `secret` is shown only to the buyer, and only when the buyer asks. */
export const contentFieldTypes = ['text', 'secret', 'link', 'note'] as const;
export type ContentFieldType = (typeof contentFieldTypes)[number];

export const contentFieldShape = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9_]{0,23}$/),
  label: z.string().trim().min(1).max(20),
  type: z.enum(contentFieldTypes),
  required: z.boolean(),
});
export type ContentField = z.infer<typeof contentFieldShape>;

/** Goods that somebody delivers by hand: the form of what is delivered. */
export const manualShape = z.strictObject({
  fields: z
    .array(contentFieldShape)
    .min(1)
    .max(8)
    .refine((list) => new Set(list.map((one) => one.key)).size === list.length),
});
export type Manual = z.infer<typeof manualShape>;

/** How many units one line may have when each is written by hand. */
export const manualMax = 20;
/** How long one field of what is delivered may be. */
export const contentMax = 2000;

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
/** Daily hours, Beijing time, in which the promised time runs; '22:00' to '02:00' goes over midnight. null: always. */
export const openingShape = z
  .strictObject({ from: clockTime, to: clockTime })
  .refine((hours) => hours.from !== hours.to);
export type Opening = z.infer<typeof openingShape>;
